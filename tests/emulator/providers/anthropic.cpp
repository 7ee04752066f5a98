// Anthropic's Messages API.
#include <algorithm>

#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/mind/question.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

const char* type_of(int status) {
  switch (status) {
    case 401: return "authentication_error";
    case 402: return "billing_error";
    case 403: return "permission_error";
    case 404: return "not_found_error";
    case 409: return "conflict_error";
    case 413: return "request_too_large";
    case 429: return "rate_limit_error";
    case 500: return "api_error";
    case 504: return "timeout_error";
    case 503:
    case 529: return "overloaded_error";
    default: return "invalid_request_error";
  }
}

std::string event(const char* name, Json data) {
  Json whole{{"type", name}};
  whole.update(data);
  return sse(whole, name);
}

const std::vector<std::string> fields = {
    "model",        "messages",    "max_tokens",  "system",         "thinking",       "output_config",
    "stream",       "temperature", "top_p",       "top_k",          "stop_sequences", "metadata",
    "service_tier", "tools",       "tool_choice", "transformations"};

std::optional<Trouble> invalid(const std::string& message) { return Trouble{400, message}; }

std::optional<Trouble> read_picture(Call& call, const Json& source, const std::string& where,
                                    Question& question, const std::string& label) {
  if (text_in(source, "type") != "base64")
    return invalid(where + ".source: only base64 sources are served here");
  const std::string type = text_in(source, "media_type"), data = text_in(source, "data");
  static const std::vector<std::string> types = {"image/jpeg", "image/png", "image/gif", "image/webp"};
  if (std::find(types.begin(), types.end(), type) == types.end())
    return invalid(
        where +
        ".source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'");
  if (data.rfind("data:", 0) == 0 || !bytes_of_base64(data))
    return invalid(where + ".source.base64: invalid base64 data");
  if (data.size() > 5 * 1024 * 1024 * 4 / 3 + 4)
    return invalid(where + ".source.base64: image exceeds 5 MB maximum");
  const Picture* seen = call.look(*bytes_of_base64(data));
  if (seen == nullptr) return invalid("Could not process image");
  const std::string real = seen->format == "jpg" ? "image/jpeg" : "image/" + seen->format;
  if (real != type)
    return invalid(where + ".source.base64.data: The image was specified using the " + type +
                   " media type, but the image appears to be a " + real + " image");
  question.pictures.push_back(*seen);
  question.pictures.back().label = label;
  return std::nullopt;
}

std::optional<Trouble> read_content(Call& call, const Json& content, const std::string& where,
                                    Question& question) {
  if (content.is_string()) {
    question.prompt += (question.prompt.empty() ? "" : "\n") + content.get<std::string>();
    return std::nullopt;
  }
  if (!content.is_array()) return invalid(where + ": Input should be a valid list");
  std::string label;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const std::string here = where + "." + std::to_string(i), type = text_in(content[i], "type");
    if (type == "text") {
      label = text_in(content[i], "text");
      if (label.empty()) return invalid("messages: text content blocks must be non-empty");
      question.prompt += (question.prompt.empty() ? "" : "\n") + label;
    } else if (type == "image") {
      if (auto trouble = read_picture(call, member(content[i], "source"), here + ".image", question, label))
        return trouble;
    } else {
      return invalid(here + ": Input tag '" + type +
                     "' found using 'type' does not match any of the expected tags");
    }
  }
  return std::nullopt;
}

std::optional<Trouble> sampling_rules(const Call& call) {
  const bool forbidden =
      call.header("anthropic-version") >= "2026-10-21" || call.model.find("-5-5") != std::string::npos;
  for (const char* name : {"temperature", "top_p", "top_k"})
    if (forbidden && has(call.json, name))
      return invalid(std::string(name) + ": Extra inputs are not permitted");
  if (const double t = number_in(call.json, "temperature"); t < 0 || t > 1)
    return invalid("temperature: range: 0..1");
  const Json& thinking = member(call.json, "thinking");
  if (text_in(thinking, "type") == "disabled" && call.model == "claude-sonnet-5-5")
    return invalid("thinking: thinking.type 'disabled' is not supported on this model");
  if (text_in(thinking, "type") == "enabled" && int_in(thinking, "budget_tokens") < 1024)
    return invalid("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
  return std::nullopt;
}

std::optional<Trouble> read(Call& call, World& world, Question& question) {
  const Json& body = call.json;
  const std::string version = call.header("anthropic-version");
  if (version.empty()) return invalid("anthropic-version: header is required");
  if (version != "2023-06-01" && version != "2026-10-21")
    return invalid("anthropic-version: \"" + version + "\" is not a valid version");
  if (call.body.size() > 32 * 1024 * 1024) return Trouble{413, "Request exceeds the maximum size"};
  if (!body.is_object()) return invalid("The request body is not valid JSON");
  if (const auto name = unknown_field(body, fields))
    return invalid(*name + ": Extra inputs are not permitted");
  for (const char* name : {"model", "max_tokens", "messages"})
    if (!has(body, name)) return invalid(std::string(name) + ": Field required");
  if (int_in(body, "max_tokens") < 1)
    return invalid("max_tokens: Input should be greater than or equal to 1");
  if (!world.models.find("anthropic", call.model)) return Trouble{404, "model: " + call.model};
  if (auto trouble = sampling_rules(call)) return trouble;
  const Json& messages = body["messages"];
  if (!messages.is_array() || messages.empty()) return invalid("messages: at least one message is required");
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string role = text_in(messages[i], "role"), where = "messages." + std::to_string(i);
    if (role != "user" && role != "assistant")
      return invalid(where +
                     ".role: Input should be 'user' or 'assistant'; the system prompt is a top-level field");
    if (role == "user")
      if (auto trouble = read_content(call, member(messages[i], "content"), where + ".content", question))
        return trouble;
  }
  const int side = question.pictures.size() > 20 ? 2000 : 8000;
  for (const Picture& p : question.pictures)
    if (p.width > side || p.height > side)
      return invalid("At least one of the image dimensions exceed max allowed size: " + std::to_string(side) +
                     " pixels");
  if (question.pictures.size() > 100) return invalid("Too many images: at most 100");
  const Json& system = member(body, "system");
  if (system.is_string()) question.system = system.get<std::string>();
  if (system.is_array())
    for (const Json& block : system) question.system += text_in(block, "text") + "\n";
  const Json& format = member(member(body, "output_config"), "format");
  if (has(format, "schema")) {
    question.json = true;
    question.schema = format["schema"];
  }
  question.max_tokens = int_in(body, "max_tokens");
  question.script = call.script;
  const std::string thinking = text_in(member(body, "thinking"), "type");
  if (question.script.thinking.empty() && (thinking == "enabled" || thinking == "adaptive"))
    question.script.thinking = "I look at the size and the colours of the picture.";
  return std::nullopt;
}

struct Writer {
  const Call& call;
  const Question& question;
  Reply reply = answer(question);
  std::string id = "msg_" + new_id(24);

  std::string stop_reason() const {
    return reply.finish == "length" ? "max_tokens" : reply.finish == "stop" ? "end_turn" : "refusal";
  }
  Json message(const Json& content, const Json& stop, int output_tokens) const {
    Json body{
        {"id", id},           {"type", "message"},   {"role", "assistant"},      {"model", call.model},
        {"content", content}, {"stop_reason", stop}, {"stop_sequence", nullptr}, {"stop_details", nullptr}};
    if (stop == "refusal")
      body["stop_details"] = {
          {"type", "refusal"}, {"category", "other"}, {"explanation", "Refused by script."}};
    body["usage"] = {{"input_tokens", reply.prompt_tokens},
                     {"output_tokens", output_tokens},
                     {"cache_read_input_tokens", 0}};
    return body;
  }
  Answer whole() const {
    Json content = Json::array();
    if (!question.script.thinking.empty())
      content.push_back(
          {{"type", "thinking"}, {"thinking", question.script.thinking}, {"signature", "c2lnbmF0dXJl"}});
    if (stop_reason() != "refusal") content.push_back({{"type", "text"}, {"text", reply.text}});
    return json_answer(message(content, stop_reason(), reply.completion_tokens));
  }
  Answer stream() const {
    Answer out;
    out.streamed = true;
    out.content_type = "text/event-stream; charset=utf-8";
    out.events.push_back(event("message_start", {{"message", message(Json::array(), nullptr, 1)}}));
    int index = 0;
    const auto block = [&](const Json& start, const char* type, const char* field, const std::string& text) {
      out.events.push_back(event("content_block_start", {{"index", index}, {"content_block", start}}));
      if (index == 0) out.events.push_back(event("ping", Json::object()));
      for (const std::string& token : tokens_of(text))
        out.events.push_back(
            event("content_block_delta", {{"index", index}, {"delta", {{"type", type}, {field, token}}}}));
      if (std::string_view(type) == "thinking_delta")
        out.events.push_back(event(
            "content_block_delta",
            {{"index", index}, {"delta", {{"type", "signature_delta"}, {"signature", "c2lnbmF0dXJl"}}}}));
      out.events.push_back(event("content_block_stop", {{"index", index}}));
      ++index;
    };
    if (!question.script.thinking.empty())
      block({{"type", "thinking"}, {"thinking", ""}, {"signature", ""}}, "thinking_delta", "thinking",
            question.script.thinking);
    if (stop_reason() != "refusal") block({{"type", "text"}, {"text", ""}}, "text_delta", "text", reply.text);
    out.events.push_back(
        event("message_delta", {{"delta", {{"stop_reason", stop_reason()}, {"stop_sequence", nullptr}}},
                                {"usage", {{"output_tokens", reply.completion_tokens}}}}));
    out.events.push_back(event("message_stop", Json::object()));
    out.closing_events = 1;
    out.error_event = event("error", {{"error", {{"type", "overloaded_error"}, {"message", "Overloaded"}}}});
    return out;
  }
};

Answer model_page(World& world) {
  Json data = Json::array();
  for (const Model& model : world.models.of("anthropic"))
    data.push_back({{"type", "model"},
                    {"id", model.id},
                    {"display_name", model.id},
                    {"created_at", "2026-01-01T00:00:00Z"},
                    {"lifecycle", model.retires.empty() ? "active" : "deprecated"},
                    {"retires_at", model.retires.empty() ? Json(nullptr) : Json(model.retires)},
                    {"capabilities", {{"image_input", {{"supported", model.can('v')}}}}}});
  Json page{{"data", data}, {"has_more", false}};
  if (!data.empty()) {
    page["first_id"] = data.front()["id"];
    page["last_id"] = data.back()["id"];
  }
  return json_answer(page);
}

}  // namespace

Answer refuse_anthropic(const Trouble& trouble) {
  return json_answer({{"type", "error"},
                      {"error",
                       {{"type", type_of(trouble.status)},
                        {"message", trouble.message.empty() ? "Overloaded" : trouble.message}}},
                      {"request_id", "req_" + new_id(24)}},
                     trouble.status);
}

Answer handle_anthropic(Call& call, World& world) {
  Pairs headers{{"request-id", "req_" + new_id(24)},
                {"anthropic-organization-id", "00000000-0000-4000-a000-000000000000"}};
  const auto with_headers = [&](Answer out) {
    add_headers(out, headers);
    return out;
  };
  const Keys::Verdict verdict = world.keys.use(call.key);
  if (verdict.state == KeyState::Missing)
    return with_headers(refuse_anthropic({401, "x-api-key header is required"}));
  if (verdict.state == KeyState::Wrong) return with_headers(refuse_anthropic({401, "invalid x-api-key"}));
  if (verdict.state == KeyState::Spent)
    return with_headers(
        refuse_anthropic({400, "Your credit balance is too low to access the Anthropic API."}));
  const std::string reset = format_iso8601(wall_ms() + 60'000);
  for (const char* what : {"requests", "tokens"}) {
    const std::string name = std::string("anthropic-ratelimit-") + what;
    headers.emplace_back(name + "-limit", std::to_string(verdict.limit));
    headers.emplace_back(name + "-remaining", std::to_string(verdict.remaining));
    headers.emplace_back(name + "-reset", reset);
  }
  if (verdict.state == KeyState::Limited) {
    headers.emplace_back("retry-after", std::to_string(static_cast<int>(verdict.retry_after + 0.999)));
    return with_headers(refuse_anthropic({429, "This request would exceed your organization's rate limit."}));
  }
  if (is(call, "GET", "/v1/models")) return with_headers(model_page(world));
  if (!is(call, "POST", "/v1/messages")) return with_headers(refuse_anthropic({404, "Not found"}));
  Question question;
  if (const auto trouble = read(call, world, question)) return with_headers(refuse_anthropic(*trouble));
  const Writer writer{call, question};
  return with_headers(call.stream ? writer.stream() : writer.whole());
}

}  // namespace vignette::emulator
