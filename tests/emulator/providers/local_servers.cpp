// llama.cpp, vLLM and LM Studio: OpenAI's shape with small differences, usually without a key.
#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/providers/openai.hpp"

namespace vignette::emulator {
namespace {

const Dialect& llamacpp() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "llamacpp";
    made.refuse = refuse_llamacpp;
    made.needs_key = false;
    made.strict_fields = false;
    made.any_model = true;
    made.refuses_webp = true;
    made.decorate = [](Json& body) {
      if (has(body, "usage"))
        body["timings"] = {
            {"prompt_n", 12}, {"prompt_ms", 30.5}, {"predicted_n", 20}, {"predicted_per_second", 55.1}};
    };
    return made;
  }();
  return d;
}

const Dialect& vllm() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "vllm";
    made.refuse = refuse_vllm;
    made.needs_key = false;
    made.strict_fields = false;
    made.refuses_detail = true;
    made.most_images = 4;
    made.thinking = ThinkingPlace::Reasoning;
    return made;
  }();
  return d;
}

const Dialect& lmstudio() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "lmstudio";
    made.refuse = refuse_lmstudio;
    made.needs_key = false;
    made.strict_fields = false;
    made.any_model = true;
    return made;
  }();
  return d;
}

// They take any key, or none; one that a test revoked shows what a server started with --api-key says.
bool locked_out(const Call& call, const World& world) { return world.keys.revoked(call.key); }

}  // namespace

Answer refuse_llamacpp(const Trouble& trouble) {
  const char* type = trouble.status == 401   ? "authentication_error"
                     : trouble.status == 503 ? "unavailable_error"
                     : trouble.status >= 500 ? "server_error"
                                             : "invalid_request_error";
  return json_answer({{"error",
                       {{"code", trouble.status},
                        {"message", trouble.message.empty() ? "Loading model" : trouble.message},
                        {"type", type}}}},
                     trouble.status);
}

Answer refuse_vllm(const Trouble& trouble) {
  const char* type = trouble.status == 404   ? "NotFoundError"
                     : trouble.status >= 500 ? "InternalServerError"
                                             : "BadRequestError";
  return json_answer({{"error",
                       {{"message", trouble.message.empty() ? "Internal server error" : trouble.message},
                        {"type", type},
                        {"param", nullptr},
                        {"code", trouble.status}}}},
                     trouble.status);
}

Answer refuse_lmstudio(const Trouble& trouble) {
  return json_answer({{"error", trouble.message.empty() ? "Model crashed" : trouble.message}},
                     trouble.status);
}

Answer handle_llamacpp(Call& call, World& world) {
  if (is(call, "GET", "/health")) return json_answer({{"status", "ok"}});
  if (locked_out(call, world)) return refuse_llamacpp({401, "Invalid API Key"});
  if (is(call, "GET", "/props"))
    return json_answer({{"modalities", {{"vision", true}, {"audio", false}}}, {"total_slots", 4}});
  if (is(call, "POST", "/v1/chat/completions")) return chat(call, world, llamacpp());
  if (is(call, "POST", "/v1/embeddings")) return embeddings(call, world, llamacpp());
  if (is(call, "GET", "/v1/models")) {
    Json list = parse_json(model_list(call, world, llamacpp()).body);
    for (Json& model : list["data"])
      model["architecture"] = {{"input_modalities", Json::array({"text", "image"})}};
    return json_answer(list);
  }
  return refuse_llamacpp({404, "File Not Found"});
}

Answer handle_vllm(Call& call, World& world) {
  if (is(call, "GET", "/health")) return empty_answer(200);
  if (locked_out(call, world)) return json_answer({{"error", "Unauthorized"}}, 401);
  if (is(call, "POST", "/v1/chat/completions")) return chat(call, world, vllm());
  if (is(call, "POST", "/v1/responses")) return openai_responses(call, world, vllm());
  if (is(call, "POST", "/v1/embeddings")) return embeddings(call, world, vllm());
  if (is(call, "POST", "/v1/audio/transcriptions")) return transcription(call, world, vllm());
  if (is(call, "GET", "/v1/models")) {
    Json list = parse_json(model_list(call, world, vllm()).body);
    for (Json& model : list["data"]) model["max_model_len"] = 32768;
    return json_answer(list);
  }
  return json_answer({{"detail", "Not Found"}}, 404);
}

Answer handle_lmstudio(Call& call, World& world) {
  if (is(call, "POST", "/v1/chat/completions")) return chat(call, world, lmstudio());
  if (is(call, "POST", "/v1/responses")) return openai_responses(call, world, lmstudio());
  if (is(call, "POST", "/v1/embeddings")) return embeddings(call, world, lmstudio());
  if (is(call, "GET", "/v1/models")) return model_list(call, world, lmstudio());
  if (is(call, "GET", "/api/v0/models") || is(call, "GET", "/api/v1/models")) {
    Json data = Json::array();
    for (const Model& model : world.models.of("lmstudio"))
      data.push_back({{"id", model.id},
                      {"object", "model"},
                      {"type", model.can('v')   ? "vlm"
                               : model.can('e') ? "embeddings"
                                                : "llm"},
                      {"state", "loaded"}});
    return json_answer({{"object", "list"}, {"data", data}});
  }
  return json_answer({{"error", "Unexpected endpoint or method. (" + call.method + " " + call.path + ")"}},
                     200);  // yes, 200
}

}  // namespace vignette::emulator
