// Groq: OpenAI's shape; small requests only; models that think unless told otherwise.
#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

Dialect make_dialect() {
  Dialect d;
  d.provider = "groq";
  d.refuse = refuse_groq;
  d.extra_fields = {"reasoning_effort", "reasoning_format", "include_reasoning", "service_tier"};
  d.most_body_bytes = 4'000'000;
  d.most_images = 5;
  d.thinking = ThinkingPlace::Reasoning;
  d.decorate = [](Json& body) { body["x_groq"] = {{"id", "req_" + new_id(26)}}; };
  return d;
}

// Qwen thinks by default, and the thoughts come inside the answer.
Answer chat_completions(Call& call, World& world) {
  Dialect d = make_dialect();
  const Json& body = call.json;
  if (int_in(body, "n", 1) != 1) return refuse_groq({400, "'n' : number must be at most 1", "", "n"});
  if (flag_in(body, "logprobs"))
    return refuse_groq({400, "'logprobs' is not supported with this model", "", "logprobs"});
  const std::string effort = text_in(body, "reasoning_effort"),
                    format = text_in(body, "reasoning_format", "raw");
  const bool qwen = call.model.rfind("qwen/", 0) == 0;
  if (!qwen && (!effort.empty() || has(body, "reasoning_format")))
    return refuse_groq({400, "`reasoning_effort` is not supported with this model", "", "reasoning_effort"});
  const bool levels = call.model == "qwen/qwen3.8-27b";
  if (!effort.empty() && effort != "none" && effort != "default" &&
      !(levels && (effort == "low" || effort == "medium" || effort == "high")))
    return refuse_groq(
        {400, "`reasoning_effort` must be one of `none` or `default`", "", "reasoning_effort"});
  Question question;
  if (const auto trouble = read_chat(call, world, d, question)) return refuse_groq(*trouble);
  if (qwen && effort != "none") {
    if (question.script.thinking.empty())
      question.script.thinking =
          "The user wants a caption. I look at the size and the colours of the picture.";
    if (format == "raw") d.thinking = ThinkingPlace::Tags;
    if (format == "hidden") question.script.thinking.clear();
    // Too small a limit ends inside the thoughts.
    if (question.max_tokens > 0 && question.max_tokens < 64) {
      question.script.say = "";
      question.script.finish = "length";
    }
  }
  return chat_answer(call, question, d);
}

Answer route(Call& call, World& world) {
  const Dialect d = make_dialect();
  if (is(call, "POST", "/openai/v1/chat/completions")) return chat_completions(call, world);
  if (is(call, "POST", "/openai/v1/audio/transcriptions")) return transcription(call, world, d);
  if (is(call, "POST", "/openai/v1/audio/translations")) return transcription(call, world, d);
  if (is(call, "GET", "/openai/v1/models")) {
    Answer out = model_list(call, world, d);
    Json list = parse_json(out.body);
    for (Json& model : list["data"]) model["active"] = true, model["context_window"] = 131072;
    return json_answer(list);
  }
  return refuse_groq({404, "Unknown request URL: " + call.method + " " + call.path + ".", "unknown_url"});
}

}  // namespace

Answer refuse_groq(const Trouble& trouble) {
  Trouble own = trouble;
  if (own.code == "missing_api_key" || own.code == "invalid_api_key")
    own = {401, "Invalid API Key", "invalid_api_key"};
  if (own.code == "model_not_found" && own.message.find("llama-4") != std::string::npos)
    own = {400, "The model has been decommissioned and is no longer supported.", "model_decommissioned"};
  Json error{{"message", own.message.empty() ? "Internal Server Error" : own.message},
             {"type", own.status >= 500   ? "internal_server_error"
                      : own.status == 429 ? "requests"
                                          : "invalid_request_error"}};
  if (!own.param.empty()) error["param"] = own.param;
  if (own.status == 429 && own.code.empty()) own.code = "rate_limit_exceeded";
  if (!own.code.empty()) error["code"] = own.code;
  Answer out = json_answer({{"error", error}}, own.status);
  return out;
}

Answer handle_groq(Call& call, World& world) {
  const Dialect d = make_dialect();
  Pairs headers;
  if (auto refused = admit(call, world, d, headers)) return *refused;
  // Requests are counted a day, tokens a minute, and times are written like this.
  for (auto& [name, value] : headers) {
    if (name == "x-ratelimit-reset-requests") value = "2m59.56s";
    if (name == "x-ratelimit-reset-tokens") value = "7.66s";
  }
  Answer out = route(call, world);
  add_headers(out, headers);
  return out;
}

}  // namespace vignette::emulator
