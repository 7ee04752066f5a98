// Google's Gemini API: routing, keys, errors, model list.
#include "tests/emulator/providers/gemini.hpp"

#include <cmath>

#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

const char* word_of(int status) {
  switch (status) {
    case 401: return "UNAUTHENTICATED";
    case 403: return "PERMISSION_DENIED";
    case 404: return "NOT_FOUND";
    case 429: return "RESOURCE_EXHAUSTED";
    case 500: return "INTERNAL";
    case 503: return "UNAVAILABLE";
    case 504: return "DEADLINE_EXCEEDED";
    default: return "INVALID_ARGUMENT";
  }
}

Answer wrong_key() {
  return gemini_error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                      {{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
                        {"reason", "API_KEY_INVALID"},
                        {"domain", "googleapis.com"},
                        {"metadata", {{"service", "generativelanguage.googleapis.com"}}}}});
}

Answer quota(const char* id, const std::string& value, double seconds) {
  Trouble trouble{429, "You exceeded your current quota, please check your plan and billing details."};
  trouble.code = id;
  trouble.param = value;
  trouble.retry_after = seconds;
  return refuse_gemini(trouble);
}

Json model_json(const Model& model) {
  Json methods = Json::array();
  if (model.can('t') || model.can('i')) methods = {"generateContent", "countTokens"};
  if (model.can('e')) methods = {"embedContent", "batchEmbedContents"};
  return {{"name", "models/" + model.id},
          {"version", "001"},
          {"displayName", model.id},
          {"inputTokenLimit", 1048576},
          {"outputTokenLimit", 65536},
          {"supportedGenerationMethods", methods},
          {"thinking", model.id.find("gemma") == std::string::npos},
          {"temperature", 1},
          {"maxTemperature", 2}};
}

Answer list_models(World& world) {
  Json models = Json::array();
  for (const Model& model : world.models.of("gemini")) models.push_back(model_json(model));
  return json_answer({{"models", models}});
}

Answer route(Call& call, World& world) {
  std::string rest;
  if (call.path.rfind("/upload/", 0) == 0 || call.path.rfind("/v1beta/files", 0) == 0)
    return gemini_files(call, world);
  if (is(call, "POST", "/v1beta/interactions")) return gemini_interactions(call, world);
  if (is(call, "GET", "/v1beta/models")) return list_models(world);
  if (is(call, "GET", "/v1beta/models/*", &rest)) {
    const auto model = world.models.find("gemini", rest);
    return model ? json_answer(model_json(*model))
                 : refuse_gemini({404, "Model is not found: models/" + rest});
  }
  if (is(call, "POST", "/v1beta/models/*", &rest)) {
    const std::size_t colon = rest.rfind(':');
    const std::string model = rest.substr(0, colon),
                      verb = colon == std::string::npos ? "" : rest.substr(colon + 1);
    call.model = model;
    if (verb == "generateContent" || verb == "streamGenerateContent") {
      call.stream = verb == "streamGenerateContent";
      return gemini_generate(call, world, model);
    }
    if (verb == "embedContent") return gemini_embed(call, world, model, false);
    if (verb == "batchEmbedContents") return gemini_embed(call, world, model, true);
  }
  return refuse_gemini({404, "Requested entity was not found."});
}

}  // namespace

Answer gemini_error(int status, const char* word, const std::string& message, Json details) {
  Json error{{"code", status}, {"message", message}, {"status", word}};
  if (!details.empty()) error["details"] = std::move(details);
  return json_answer({{"error", error}}, status);
}

Answer refuse_gemini(const Trouble& trouble) {
  Json details = Json::array();
  std::string message =
      trouble.message.empty() ? "The model is overloaded. Please try again later." : trouble.message;
  if (trouble.status == 429) {
    const std::string id =
        trouble.code.empty() ? "GenerateRequestsPerMinutePerProjectPerModel-FreeTier" : trouble.code;
    const std::string value = trouble.param.empty() ? "10" : trouble.param;
    Json violations = Json::array();
    violations.push_back(
        {{"quotaMetric", "generativelanguage.googleapis.com/generate_content_free_tier_requests"},
         {"quotaId", id},
         {"quotaValue", value}});
    details.push_back({{"@type", "type.googleapis.com/google.rpc.QuotaFailure"}, {"violations", violations}});
    if (trouble.retry_after > 0) {
      const auto delay = [&](int digits) {
        char text[32];
        std::snprintf(text, sizeof text, "%.*fs", digits, trouble.retry_after);
        return std::string(text);
      };
      message += " Please retry in " + delay(2) + ".";
      details.push_back(
          {{"@type", "type.googleapis.com/google.rpc.RetryInfo"},
           {"retryDelay", delay(trouble.retry_after == std::floor(trouble.retry_after) ? 0 : 3)}});
    }
  }
  return gemini_error(trouble.status, word_of(trouble.status), message, details);
}

Json in_camel_case(const Json& value) {
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& one : value) list.push_back(in_camel_case(one));
    return list;
  }
  if (!value.is_object()) return value;
  Json object = Json::object();
  for (const auto& [name, inner] : value.items()) {
    std::string camel;
    for (std::size_t i = 0; i < name.size(); ++i)
      camel += name[i] == '_' && i + 1 < name.size()
                   ? static_cast<char>(std::toupper(static_cast<unsigned char>(name[++i])))
                   : name[i];
    // A schema's property names are the caller's own.
    const bool schema = camel == "responseSchema" || camel == "responseJsonSchema";
    object[camel] = schema ? inner : in_camel_case(inner);
  }
  return object;
}

Answer handle_gemini(Call& call, World& world) {
  if (call.path.rfind("/v1beta/openai/", 0) == 0) return gemini_compat(call, world);
  const Keys::Verdict verdict = world.keys.use(call.key);
  switch (verdict.state) {
    case KeyState::Good: return route(call, world);
    case KeyState::Wrong: return wrong_key();
    case KeyState::Limited:
      return quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", std::to_string(verdict.limit),
                   verdict.retry_after);
    case KeyState::Spent: return quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "0", 0);
    case KeyState::Missing: break;
  }
  return refuse_gemini({403,
                        "Method doesn't allow unregistered callers (callers without established identity). "
                        "Please use API Key or other form of API consumer identity to call this API."});
}

}  // namespace vignette::emulator
