// Mistral: OpenAI's shape with FastAPI's errors; image_url may be a plain string; the limit is max_tokens.
// No reference of ours describes it: from memory, except the shape.
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

const Dialect& dialect() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "mistral";
    made.refuse = refuse_mistral;
    made.extra_fields = {"random_seed", "safe_prompt", "prompt_mode"};
    made.most_images = 8;
    made.id_prefix = "";
    made.usage_in_stream_always = true;
    return made;
  }();
  return d;
}

Answer route(Call& call, World& world) {
  if (is(call, "POST", "/v1/chat/completions")) {
    for (const char* name : {"max_completion_tokens", "seed", "user", "stream_options", "logit_bias"})
      if (has(call.json, name)) return refuse_mistral({422, "Extra inputs are not permitted", "", name});
    return chat(call, world, dialect());
  }
  if (is(call, "POST", "/v1/embeddings")) return embeddings(call, world, dialect());
  if (is(call, "POST", "/v1/audio/transcriptions")) return transcription(call, world, dialect());
  if (is(call, "GET", "/v1/models")) return model_list(call, world, dialect());
  return json_answer({{"detail", "Not Found"}}, 404);
}

}  // namespace

Answer refuse_mistral(const Trouble& trouble) {
  if (trouble.status == 401) return json_answer({{"detail", "Unauthorized"}}, 401);
  if (trouble.status == 429)
    return json_answer({{"object", "error"},
                        {"message", "Rate limit exceeded"},
                        {"type", "rate_limited"},
                        {"param", nullptr},
                        {"code", "1300"}},
                       429);
  if (trouble.status == 422 || trouble.code == "unknown_parameter") {
    Json list = Json::array();
    list.push_back({{"type", "extra_forbidden"},
                    {"loc", Json::array({"body", trouble.param})},
                    {"msg", "Extra inputs are not permitted"}});
    return json_answer({{"object", "error"},
                        {"message", {{"detail", list}}},
                        {"type", "invalid_request_error"},
                        {"param", nullptr},
                        {"code", nullptr}},
                       422);
  }
  const bool model = trouble.code == "model_not_found";
  return json_answer({{"object", "error"},
                      {"message", model                     ? "Invalid model"
                                  : trouble.message.empty() ? "Service unavailable."
                                                            : trouble.message},
                      {"type", model                   ? "invalid_model"
                               : trouble.status >= 500 ? "internal_server_error"
                                                       : "invalid_request_error"},
                      {"param", nullptr},
                      {"code", model ? "1500" : "3000"}},
                     model ? 400 : trouble.status);
}

Answer handle_mistral(Call& call, World& world) {
  Pairs headers;
  if (auto refused = admit(call, world, dialect(), headers)) return *refused;
  return route(call, world);
}

}  // namespace vignette::emulator
