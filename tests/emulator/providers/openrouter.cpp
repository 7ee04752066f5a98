// OpenRouter: numeric error codes, keep-alive comments in streams, prices.
#include "shared/base/base64.hpp"
#include "tests/emulator/mind/paint.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

const Dialect& dialect() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "openrouter";
    made.refuse = refuse_openrouter;
    made.strict_fields = false;
    made.thinking = ThinkingPlace::Reasoning;
    made.id_prefix = "gen-";
    made.stream_comment = "OPENROUTER PROCESSING";
    made.usage_in_stream_always = true;
    made.decorate = [](Json& body) {
      body["provider"] = "Emulator";
      for (Json& choice : body["choices"]) choice["native_finish_reason"] = choice["finish_reason"];
      if (has(body, "usage")) body["usage"]["cost"] = 0.00014;
    };
    return made;
  }();
  return d;
}

// Models that draw put the picture beside the text.
Answer with_picture(Call& call, World& world) {
  Question question;
  if (const auto trouble = read_chat(call, world, dialect(), question)) return refuse_openrouter(*trouble);
  const bool streamed = call.stream;
  call.stream = false;
  Json body = parse_json(chat_answer(call, question, dialect()).body);
  call.stream = streamed;
  const Painting painting = encode_painting(paint(question.prompt, 512, 512, 0), "png");
  Json images = Json::array();
  images.push_back(
      {{"type", "image_url"},
       {"image_url", {{"url", "data:image/png;base64," + encode_base64(as_bytes(painting.bytes))}}}});
  body["choices"][0]["message"]["images"] = images;
  return json_answer(body);
}

Answer models(World& world) {
  Json data = Json::array();
  for (const Model& model : world.models.of("openrouter")) {
    Json modalities = model.can('v') ? Json::array({"text", "image"}) : Json::array({"text"});
    data.push_back(
        {{"id", model.id},
         {"name", model.id},
         {"architecture", {{"input_modalities", modalities}, {"output_modalities", Json::array({"text"})}}},
         {"pricing", {{"prompt", "0.0000001"}, {"completion", "0.0000004"}, {"image", "0"}}},
         {"context_length", 131072},
         {"supported_parameters", Json::array({"max_tokens", "temperature"})}});
  }
  return json_answer({{"data", data}});
}

Answer route(Call& call, World& world) {
  if (is(call, "GET", "/api/v1/models")) return models(world);
  if (is(call, "POST", "/api/v1/chat/completions")) {
    const Json& modalities = member(call.json, "modalities");
    if (modalities.is_array() && dump(modalities).find("image") != std::string::npos)
      return with_picture(call, world);
    return chat(call, world, dialect());
  }
  if (is(call, "POST", "/api/v1/embeddings")) return embeddings(call, world, dialect());
  return refuse_openrouter({404, "Not Found"});
}

}  // namespace

Answer refuse_openrouter(const Trouble& trouble) {
  std::string message = trouble.message;
  if (trouble.status == 401)
    message = trouble.code == "missing_api_key" ? "No auth credentials found" : "User not found.";
  int status = trouble.status;
  if (trouble.code == "insufficient_quota") {
    status = 402;
    message = "Insufficient credits. Add more using https://openrouter.ai/settings/credits";
  }
  if (trouble.code == "model_not_found") {
    status = 400;
    message = "The requested model is not a valid model ID";
  }
  Json error{{"message", message.empty() ? "Provider returned error" : message}, {"code", status}};
  if (status >= 500) error["metadata"] = {{"provider_name", "Emulator"}, {"raw", "upstream failed"}};
  return json_answer({{"error", error}}, status);
}

Answer handle_openrouter(Call& call, World& world) {
  Pairs headers;
  if (call.path != "/api/v1/models")
    if (auto refused = admit(call, world, dialect(), headers)) return *refused;
  return route(call, world);
}

}  // namespace vignette::emulator
