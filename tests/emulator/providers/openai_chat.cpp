// Chat completions: reading the request and writing the answer or the stream.
#include <algorithm>

#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

const std::vector<std::string> common_fields = {"model",
                                                "messages",
                                                "max_tokens",
                                                "max_completion_tokens",
                                                "temperature",
                                                "top_p",
                                                "n",
                                                "stop",
                                                "seed",
                                                "stream",
                                                "stream_options",
                                                "response_format",
                                                "frequency_penalty",
                                                "presence_penalty",
                                                "logprobs",
                                                "top_logprobs",
                                                "logit_bias",
                                                "user",
                                                "tools",
                                                "tool_choice",
                                                "parallel_tool_calls"};

struct Reader {
  Call& call;
  const Dialect& dialect;
  Question& question;
  std::string label;  // the text before the next picture

  std::optional<Trouble> text(const std::string& text, bool from_user) {
    if (from_user) {
      question.prompt += (question.prompt.empty() ? "" : "\n") + text;
    } else {
      question.system += (question.system.empty() ? "" : "\n") + text;
    }
    label = text;
    return std::nullopt;
  }

  std::optional<Trouble> picture(const std::string& url, const std::string& where) {
    if (url.rfind("http://", 0) == 0 || url.rfind("https://", 0) == 0)
      return Trouble{400, "Error while downloading " + url.substr(0, 80) + ".", "invalid_image_url", where};
    std::string type;
    const std::size_t comma = url.find(',');
    if (dialect.most_inline_base64 > 0 &&
        url.size() - (comma == url.npos ? 0 : comma + 1) >= dialect.most_inline_base64)
      return Trouble{413, "Inline image data must be smaller than 180 KB; upload it as an asset.",
                     "request_too_large", where};
    const Picture* seen = call.look_at_data_uri(url, &type);
    const bool webp = dialect.refuses_webp && seen != nullptr && seen->format == "webp";
    if (seen == nullptr || webp)
      return Trouble{
          400,
          "You uploaded an unsupported image. Please make sure your image has one of the following "
          "formats: ['png', 'jpeg', 'gif', 'webp'].",
          "invalid_image_format", where};
    question.pictures.push_back(*seen);
    question.pictures.back().label = label;
    return std::nullopt;
  }

  // "… <img src="data:image/png;base64,…" /> …": NVIDIA's older form
  std::optional<Trouble> tagged(std::string content, const std::string& where, bool from_user) {
    std::size_t at;
    while ((at = content.find("<img src=\"")) != std::string::npos) {
      const std::size_t open = at + 10, close = content.find('"', open), end = content.find('>', open);
      if (close == std::string::npos || end == std::string::npos || close > end) break;
      if (auto trouble = picture(content.substr(open, close - open), where)) return trouble;
      content.erase(at, end + 1 - at);
    }
    return text(content, from_user);
  }

  std::optional<Trouble> part(const Json& part, const std::string& where, bool from_user) {
    const std::string type = text_in(part, "type");
    if (type == "text") return text(text_in(part, "text"), from_user);
    if (type == "image_url") {
      const Json& image = member(part, "image_url");
      if (image.is_string()) {
        if (dialect.provider == "openai")
          return Trouble{
              400,
              "Invalid type for '" + where + ".image_url': expected an object, but got a string instead.",
              "invalid_type", where + ".image_url"};
        return picture(image.get<std::string>(), where + ".image_url");
      }
      if (dialect.refuses_detail && has(image, "detail"))
        return Trouble{400, "image_url.detail is not supported.", "unsupported_parameter",
                       where + ".image_url.detail"};
      return picture(text_in(image, "url"), where + ".image_url.url");
    }
    if (type == "input_audio") {
      const Json& audio = member(part, "input_audio");
      const auto bytes = bytes_of_base64(text_in(audio, "data"));
      if (!bytes) return Trouble{400, "Invalid audio data.", "invalid_value", where};
      question.sounds.push_back(call.listen(*bytes, "input." + text_in(audio, "format", "wav")));
      return std::nullopt;
    }
    return Trouble{400,
                   "Invalid value: '" + type + "'. Supported values are: 'text', 'image_url', 'input_audio'.",
                   "invalid_value", where + ".type"};
  }
};

int limit_in(const Json& body) {
  return has(body, "max_completion_tokens") ? int_in(body, "max_completion_tokens")
                                            : int_in(body, "max_tokens");
}

}  // namespace

std::optional<Trouble> read_messages(Call& call, const Json& messages, const Dialect& dialect,
                                     Question& question) {
  if (!messages.is_array() || messages.empty())
    return Trouble{400, "Missing required parameter: 'messages'.", "missing_required_parameter", "messages"};
  Reader reader{call, dialect, question, ""};
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string where = "messages[" + std::to_string(i) + "]", role = text_in(messages[i], "role");
    static const std::vector<std::string> roles = {"system", "developer", "user", "assistant", "tool"};
    if (std::find(roles.begin(), roles.end(), role) == roles.end())
      return Trouble{400, "Invalid value: '" + role + "' for '" + where + ".role'.", "invalid_value",
                     where + ".role"};
    if (role == "assistant" || role == "tool") continue;
    const bool from_user = role == "user";
    const Json& content = member(messages[i], "content");
    std::optional<Trouble> trouble;
    if (content.is_string()) {
      trouble = dialect.image_tags ? reader.tagged(content.get<std::string>(), where + ".content", from_user)
                                   : reader.text(content.get<std::string>(), from_user);
    } else if (content.is_array()) {
      for (std::size_t k = 0; k < content.size() && !trouble; ++k)
        trouble = reader.part(content[k], where + ".content[" + std::to_string(k) + "]", from_user);
    } else {
      trouble = Trouble{400, "Invalid type for '" + where + ".content': expected a string or an array.",
                        "invalid_type", where + ".content"};
    }
    if (trouble) return trouble;
  }
  if (dialect.most_images > 0 && question.pictures.size() > dialect.most_images)
    return Trouble{400, "Too many images: at most " + std::to_string(dialect.most_images) + ".",
                   "too_many_images", "messages"};
  return std::nullopt;
}

std::optional<Trouble> read_chat(Call& call, World& world, const Dialect& dialect, Question& question) {
  const Json& body = call.json;
  if (dialect.most_body_bytes > 0 && call.body.size() > dialect.most_body_bytes)
    return Trouble{413, "Request Entity Too Large", "request_too_large"};
  if (!body.is_object())
    return Trouble{400, "We could not parse the JSON body of your request. The API expects a JSON payload.",
                   "invalid_json"};
  if (dialect.strict_fields) {
    std::vector<std::string> known = common_fields;
    known.insert(known.end(), dialect.extra_fields.begin(), dialect.extra_fields.end());
    if (const auto name = unknown_field(body, known))
      return Trouble{400, "Unknown parameter: '" + *name + "'.", "unknown_parameter", *name};
  }
  if (!member(body, "model").is_string() && !dialect.any_model)
    return Trouble{400, "you must provide a model parameter", "missing_required_parameter", "model"};
  const auto model = world.models.find(dialect.provider, call.model);
  if (!dialect.any_model && (!model || !(model->can('t') || model->can('v'))))
    return no_such_model(call.model);
  if (has(body, "stream_options") && !flag_in(body, "stream"))
    return Trouble{400, "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "",
                   "stream_options"};
  for (const char* name : {"max_tokens", "max_completion_tokens"})
    if (has(body, name) && int_in(body, name) < 1)
      return Trouble{
          400, "Invalid '" + std::string(name) + "': integer below minimum value. Expected a value >= 1.",
          "integer_below_min_value", name};
  if (const double t = number_in(body, "temperature"); t < 0 || t > 2)
    return Trouble{400, "Invalid 'temperature': expected a value between 0 and 2.", "decimal_above_max_value",
                   "temperature"};
  if (auto trouble = read_messages(call, member(body, "messages"), dialect, question)) return trouble;
  if (!question.pictures.empty() && model && !model->can('v') && !dialect.any_model)
    return Trouble{400, "Invalid content type. image_url is only supported by certain models.",
                   "invalid_request_error", "messages"};
  question.max_tokens = limit_in(body);
  question.script = call.script;
  const Json& format = member(body, "response_format");
  const std::string kind = text_in(format, "type", "text");
  question.json = kind != "text";
  if (kind == "json_schema") question.schema = member(member(format, "json_schema"), "schema");
  if (kind == "json_object" && has(format, "schema")) question.schema = format["schema"];
  return std::nullopt;
}

namespace {

struct Writer {
  const Call& call;
  const Question& question;
  const Dialect& dialect;
  Reply reply = answer(question);
  std::string id = dialect.id_prefix + new_id(24);
  std::int64_t created = wall_seconds();

  std::string finish() const {
    return reply.finish == "filtered" ? "content_filter" : reply.finish == "refused" ? "stop" : reply.finish;
  }
  Json usage() const {
    const int thoughts = static_cast<int>(tokens_of(question.script.thinking).size());
    return {{"prompt_tokens", reply.prompt_tokens},
            {"completion_tokens", reply.completion_tokens + thoughts},
            {"total_tokens", reply.prompt_tokens + reply.completion_tokens + thoughts},
            {"prompt_tokens_details", {{"cached_tokens", 0}}},
            {"completion_tokens_details", {{"reasoning_tokens", thoughts}}}};
  }
  const char* thinking_field() const {
    return dialect.thinking == ThinkingPlace::Reasoning ? "reasoning" : "reasoning_content";
  }
  bool thinks(ThinkingPlace place) const {
    return !question.script.thinking.empty() &&
           (dialect.thinking == ThinkingPlace::Tags) == (place == ThinkingPlace::Tags);
  }

  Answer whole() const {
    std::string text = reply.text;
    if (thinks(ThinkingPlace::Tags)) text = "<think>\n" + question.script.thinking + "\n</think>\n\n" + text;
    Json message{{"role", "assistant"}, {"content", text}};
    if (thinks(ThinkingPlace::Reasoning)) message[thinking_field()] = question.script.thinking;
    if (reply.finish == "refused") {
      message["content"] = nullptr;
      message["refusal"] = "I can't help with that.";
    } else if (dialect.provider == "openai") {
      message["refusal"] = nullptr;
    }
    Json body{{"id", id},
              {"object", "chat.completion"},
              {"created", created},
              {"model", call.model},
              {"choices",
               {{{"index", 0}, {"message", message}, {"logprobs", nullptr}, {"finish_reason", finish()}}}},
              {"usage", usage()}};
    if (dialect.decorate) dialect.decorate(body);
    return json_answer(body);
  }

  std::string chunk(const Json& delta, const Json& finish_reason) const {
    Json body{{"id", id},
              {"object", "chat.completion.chunk"},
              {"created", created},
              {"model", call.model},
              {"choices", {{{"index", 0}, {"delta", delta}, {"finish_reason", finish_reason}}}}};
    if (dialect.decorate) dialect.decorate(body);
    return sse(body);
  }

  Answer stream() const {
    Answer out;
    out.streamed = true;
    out.content_type = "text/event-stream";
    if (!dialect.stream_comment.empty()) out.events.push_back(": " + dialect.stream_comment + "\n\n");
    out.events.push_back(chunk({{"role", "assistant"}, {"content", ""}}, nullptr));
    if (thinks(ThinkingPlace::Reasoning))
      for (const std::string& token : tokens_of(question.script.thinking))
        out.events.push_back(chunk({{thinking_field(), token}}, nullptr));
    if (thinks(ThinkingPlace::Tags))
      for (const std::string& token : tokens_of("<think>\n" + question.script.thinking + "\n</think>\n\n"))
        out.events.push_back(chunk({{"content", token}}, nullptr));
    if (reply.finish == "refused") {
      out.events.push_back(chunk({{"refusal", "I can't help with that."}}, nullptr));
    } else {
      for (const std::string& token : tokens_of(reply.text))
        out.events.push_back(chunk({{"content", token}}, nullptr));
    }
    out.events.push_back(chunk(Json::object(), finish()));
    if (dialect.usage_in_stream_always || flag_in(member(call.json, "stream_options"), "include_usage")) {
      Json last{{"id", id},
                {"object", "chat.completion.chunk"},
                {"created", created},
                {"model", call.model},
                {"choices", Json::array()},
                {"usage", usage()}};
      if (dialect.decorate) dialect.decorate(last);
      out.events.push_back(sse(last));
    }
    out.events.push_back("data: [DONE]\n\n");
    out.closing_events = 1;
    out.error_event =
        "data: " + dialect.refuse({500, "The server had an error while processing your request.", ""}).body +
        "\n\n";
    return out;
  }
};

}  // namespace

Answer chat_answer(const Call& call, const Question& question, const Dialect& dialect) {
  const Writer writer{call, question, dialect};
  return call.stream ? writer.stream() : writer.whole();
}

Answer chat(Call& call, World& world, const Dialect& dialect) {
  Question question;
  if (const auto trouble = read_chat(call, world, dialect, question)) return dialect.refuse(*trouble);
  return chat_answer(call, question, dialect);
}

}  // namespace vignette::emulator
