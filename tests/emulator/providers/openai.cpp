// OpenAI: which fields a model takes depends on its family, and a wrong guess is a 400.
#include "tests/emulator/providers/openai.hpp"

#include <algorithm>

#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {

Answer refuse_openai(const Trouble& trouble) {
  std::string code = trouble.code;
  const int status = trouble.status;
  if (code.empty() && status == 429) code = "rate_limit_exceeded";
  if (code.empty() && status == 401) code = "invalid_api_key";
  const char* type = code == "insufficient_quota" ? "insufficient_quota"
                     : status == 429              ? "requests"
                     : status >= 500              ? "server_error"
                                                  : "invalid_request_error";
  const std::string message = trouble.message.empty()
                                  ? "The request failed with status " + std::to_string(status) + "."
                                  : trouble.message;
  return json_answer({{"error",
                       {{"message", message},
                        {"type", type},
                        {"param", trouble.param.empty() ? Json(nullptr) : Json(trouble.param)},
                        {"code", code.empty() || code == "missing_api_key" ? Json(nullptr) : Json(code)}}}},
                     status);
}

namespace {

const Dialect& dialect() {
  static const Dialect one = [] {
    Dialect d;
    d.provider = "openai";
    d.extra_fields = {"reasoning_effort",  "verbosity",          "service_tier",
                      "safety_identifier", "prompt_cache_key",   "store",
                      "metadata",          "modalities",         "audio",
                      "prediction",        "web_search_options", "functions",
                      "function_call"};
    d.most_body_bytes = 50'000'000;
    d.most_images = 500;
    d.decorate = [](Json& body) { body["service_tier"] = "default"; };
    return d;
  }();
  return one;
}

// "gpt-5.6-luna" → 506; "o3" → 500; anything older → 0
int generation(const std::string& model) {
  if (model.size() > 1 && model[0] == 'o' && model[1] >= '1' && model[1] <= '9') return 500;
  if (model.rfind("gpt-", 0) != 0 || model.size() < 5 || model[4] < '5' ||
      model.find("-chat") != std::string::npos)
    return 0;
  const int minor = model.size() > 6 && model[5] == '.' ? model[6] - '0' : 0;
  return (model[4] - '0') * 100 + minor;
}

std::optional<Trouble> unsupported(const char* name, const std::string& message) {
  return Trouble{400, "Unsupported parameter: '" + std::string(name) + "' " + message,
                 "unsupported_parameter", name};
}

}  // namespace

std::optional<Trouble> openai_model_rules(const Json& body, const std::string& model,
                                          const std::string& effort) {
  const int gen = generation(model);
  if (gen == 0) {
    if (!effort.empty())
      return Trouble{400, "Unrecognized request argument supplied: reasoning_effort", "", "reasoning_effort"};
    return std::nullopt;
  }
  if (has(body, "max_tokens"))
    return unsupported("max_tokens",
                       "is not supported with this model. Use 'max_completion_tokens' instead.");
  const bool sampling = gen >= 501 && gen <= 506 && effort == "none";
  if (!sampling)
    for (const char* name : {"temperature", "top_p", "logprobs", "presence_penalty", "frequency_penalty"})
      if (has(body, name)) return unsupported(name, "is not supported with this model.");
  static const std::vector<std::string> efforts = {"none", "minimal", "low", "medium",
                                                   "high", "xhigh",   "max"};
  if (!effort.empty() && std::find(efforts.begin(), efforts.end(), effort) == efforts.end())
    return Trouble{400, "Invalid value: '" + effort + "'.", "invalid_value", "reasoning_effort"};
  const bool may_be_none =
      gen < 600 || model == "gpt-6-sol" || model == "gpt-6-luna" || model == "gpt-6.1-terra";
  if (effort == "none" && !may_be_none)
    return Trouble{400, "Unsupported value: 'reasoning_effort' does not support 'none' with this model.",
                   "unsupported_value", "reasoning_effort"};
  return std::nullopt;
}

std::optional<Trouble> strict_schema_rules(const Json& schema, const std::string& where) {
  if (text_in(schema, "type") == "object") {
    if (!has(schema, "additionalProperties") || flag_in(schema, "additionalProperties", true))
      return Trouble{400,
                     "Invalid schema for response_format: In context=(" + where +
                         "), 'additionalProperties' is required to be supplied and to be false.",
                     "", "response_format"};
    for (const auto& [name, value] : member(schema, "properties").items()) {
      const Json& required = member(schema, "required");
      if (!required.is_array() || std::find(required.begin(), required.end(), Json(name)) == required.end())
        return Trouble{400,
                       "Invalid schema for response_format: In context=(" + where +
                           "), 'required' is required to include every key in properties. Missing '" + name +
                           "'.",
                       "", "response_format"};
      if (auto trouble = strict_schema_rules(value, where + "/" + name)) return trouble;
    }
  }
  if (has(schema, "items")) return strict_schema_rules(schema["items"], where + "/items");
  return std::nullopt;
}

namespace {

Answer chat_completions(Call& call, World& world) {
  const Json& body = call.json;
  if (body.is_object()) {
    if (auto trouble = openai_model_rules(body, call.model, text_in(body, "reasoning_effort")))
      return refuse_openai(*trouble);
    const Json& schema = member(member(body, "response_format"), "json_schema");
    if (flag_in(schema, "strict"))
      if (auto trouble = strict_schema_rules(member(schema, "schema"), "root"))
        return refuse_openai(*trouble);
  }
  return chat(call, world, dialect());
}

Answer route(Call& call, World& world) {
  std::string rest;
  if (is(call, "POST", "/v1/chat/completions")) return chat_completions(call, world);
  if (is(call, "POST", "/v1/responses")) return openai_responses(call, world, dialect());
  if (is(call, "POST", "/v1/images/generations")) return openai_images(call, world);
  if (is(call, "POST", "/v1/audio/transcriptions")) return transcription(call, world, dialect());
  if (is(call, "POST", "/v1/audio/translations")) return transcription(call, world, dialect());
  if (is(call, "POST", "/v1/embeddings")) return embeddings(call, world, dialect());
  if (is(call, "GET", "/v1/models")) return model_list(call, world, dialect());
  if (is(call, "GET", "/v1/models/*", &rest)) {
    const auto model = world.models.find("openai", rest);
    if (!model) return refuse_openai(no_such_model(rest));
    return json_answer(
        {{"id", model->id}, {"object", "model"}, {"created", 1795219200}, {"owned_by", "openai"}});
  }
  return refuse_openai({404, "Invalid URL (" + call.method + " " + call.path + ")"});
}

}  // namespace

Answer handle_openai(Call& call, World& world) {
  Pairs headers;
  if (auto refused = admit(call, world, dialect(), headers)) return *refused;
  Answer out = route(call, world);
  headers.emplace_back("openai-processing-ms", "12");
  headers.emplace_back("openai-version", "2020-10-01");
  add_headers(out, headers);
  return out;
}

}  // namespace vignette::emulator
