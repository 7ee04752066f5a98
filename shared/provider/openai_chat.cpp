#include "shared/provider/openai_chat.hpp"

#include "shared/base/utf8.hpp"
#include "shared/provider/think.hpp"

namespace vignette::provider {
namespace {

const char* role_name(Role role, SystemRole system) {
  switch (role) {
    case Role::System: return system == SystemRole::Developer ? "developer" : "system";
    case Role::Assistant: return "assistant";
    case Role::User: break;
  }
  return "user";
}

std::string audio_format(const std::string& mime) {
  if (mime == "audio/mpeg") return "mp3";
  const std::size_t slash = mime.find('/');
  return slash == std::string::npos ? "wav" : mime.substr(slash + 1);
}

void write_part(const Model& model, const Part& part, BodyWriter& body) {
  JsonWriter& json = body.json;
  json.open_object();
  switch (part.kind) {
    case Part::Kind::Text: json.field("type", "text").field("text", part.text); break;
    case Part::Kind::Image:
      json.field("type", "image_url").key("image_url");
      if (model.image_form == ImageForm::PlainUrl) {
        body.data_url(part.media);
      } else {
        json.open_object().key("url");
        body.data_url(part.media);
        json.close_object();
      }
      break;
    case Part::Kind::Audio:
      json.field("type", "input_audio").key("input_audio").open_object();
      json.field("format", audio_format(part.media.mime)).key("data");
      body.base64(part.media);
      json.close_object();
      break;
  }
  json.close_object();
}

/// "Describe the image. <img src=\"data:image/png;base64,…\" />", as NVIDIA's older models want it.
void write_tagged(const Message& message, BodyWriter& body) {
  body.json.begin_text();
  bool first = true;
  for (const Part& part : message.parts) {
    if (!first) body.json.add_text(" ");
    first = false;
    if (part.kind == Part::Kind::Text) {
      body.json.add_text(part.text);
    } else {
      body.json.add_text("<img src=\"");
      body.add_data_url(part.media);
      body.json.add_text("\" />");
    }
  }
  body.json.end_text();
}

void write_json_format(const JsonFormat& format, JsonWriter& json) {
  json.key("response_format").open_object();
  if (format.schema.empty()) {
    json.field("type", "json_object");
  } else {
    json.field("type", "json_schema").key("json_schema").open_object().field("name", format.name);
    if (format.strict) json.field("strict", true);
    json.key("schema").raw(format.schema).close_object();
  }
  json.close_object();
}

std::vector<Grounding> groundings_of(const Json& message) {
  std::vector<Grounding> out;
  for (const Json& entity : items_at(message, "entities")) {
    for (const Json& box : items_at(entity, "bboxes")) {
      if (!box.is_array() || box.size() != 4) continue;
      Grounding grounding{text_at(entity, "phrase"), {}};
      for (std::size_t i = 0; i < 4; ++i) grounding.box[i] = box[i].is_number() ? box[i].get<double>() : 0;
      out.push_back(std::move(grounding));
    }
  }
  return out;
}

/// Every host has its own name for the field with the thoughts.
std::string thoughts_of(const Json& message) {
  for (const char* name : {"reasoning_content", "reasoning", "thinking"}) {
    std::string thoughts = text_at(message, name);
    if (!thoughts.empty()) return thoughts;
  }
  return {};
}

}  // namespace

HttpCall json_call(const Route& route, std::string path, BodyWriter& writer) {
  HttpCall call;
  call.base = route.model.base;
  call.path = std::move(path);
  call.auth = route.provider.auth;
  call.headers = {{"Content-Type", "application/json"}};
  call.body = writer.finish();
  return call;
}

void write_openai_params(const Model& model, const ChatPlan& plan, JsonWriter& json) {
  const ChatParams& params = plan.params;
  json.field(model.max_tokens_field, params.max_tokens);
  json.field("temperature", params.temperature).field("top_p", params.top_p).field("top_k", params.top_k);
  json.field("presence_penalty", params.presence_penalty)
      .field("frequency_penalty", params.frequency_penalty);
  json.field("seed", params.seed);
  if (!params.stop.empty()) {
    json.key("stop").open_array();
    for (const std::string& stop : params.stop) json.text(stop);
    json.close_array();
  }
  if (model.thinking.style == ThinkingStyle::Effort && !plan.thinking.empty())
    json.field("reasoning_effort", plan.thinking);
  if (model.thinking.style == ThinkingStyle::TemplateFlag && !plan.thinking.empty()) {
    json.key("chat_template_kwargs")
        .open_object()
        .field("enable_thinking", plan.thinking == "true")
        .close_object();
  }
}

void write_openai_messages(const Model& model, const std::vector<Message>& messages, BodyWriter& body) {
  JsonWriter& json = body.json;
  json.key("messages").open_array();
  for (const Message& message : messages) {
    json.open_object().field("role", role_name(message.role, model.system)).key("content");
    const bool only_text = message.parts.size() == 1 && message.parts.front().kind == Part::Kind::Text;
    if (only_text) {
      json.text(message.parts.front().text);
    } else if (message.parts.empty() || model.image_form == ImageForm::Tag) {
      write_tagged(message, body);
    } else {
      json.open_array();
      for (const Part& part : message.parts) write_part(model, part, body);
      json.close_array();
    }
    json.close_object();
  }
  json.close_array();
}

Result<HttpCall> openai_chat_call(const Route& route, const ChatPlan& plan) {
  const Model& model = route.model;
  BodyWriter body;
  body.json.open_object();
  if (model.send_model) body.json.field("model", model.id);
  write_openai_params(model, plan, body.json);
  if (plan.stream) {
    body.json.field("stream", true);
    if (plan.stream_usage && model.ask_stream_usage && model.family != Family::Nvcf)
      body.json.key("stream_options").open_object().field("include_usage", true).close_object();
  }
  if (plan.json) write_json_format(*plan.json, body.json);
  body.json.members_of(model.body_extra);
  write_openai_messages(model, plan.messages, body);
  body.json.close_object();
  HttpCall call = json_call(route, model.path.empty() ? "/chat/completions" : model.path, body);
  call.headers.push_back({"Accept", plan.stream ? "text/event-stream" : "application/json"});
  call.streams = plan.stream;
  return call;
}

std::string content_text(const Json* content) {
  if (content == nullptr) return {};
  if (const auto* text = content->get_ptr<const std::string*>()) return *text;
  if (!content->is_array()) return {};
  std::string out;
  for (const Json& part : *content) {
    const std::string type = text_at(part, "type");
    if (part.is_string()) out += part.get<std::string>();
    if (type == "text" || type == "output_text") out += text_at(part, "text");
  }
  return out;
}

Finish finish_from_openai(std::string_view reason) {
  if (reason == "stop" || reason == "eos" || reason == "eos_token" || reason == "end_turn" ||
      reason == "stop_sequence")
    return Finish::Stop;
  if (reason == "length" || reason == "max_tokens") return Finish::Length;
  if (reason == "content_filter") return Finish::Filtered;
  return reason == "error" ? Finish::Error : Finish::Unknown;
}

Usage usage_from_openai(const Json* usage) {
  Usage out;
  if (usage == nullptr || !usage->is_object()) return out;
  const auto first = [&](const char* one, const char* other) {
    const auto value = integer_at(*usage, one);
    return value ? value : integer_at(*usage, other);
  };
  out.input = first("prompt_tokens", "input_tokens");
  out.output = first("completion_tokens", "output_tokens");
  for (const char* details : {"completion_tokens_details", "output_tokens_details"}) {
    if (const Json* inside = member(*usage, details)) out.thinking = integer_at(*inside, "reasoning_tokens");
  }
  for (const char* details : {"prompt_tokens_details", "input_tokens_details"}) {
    if (const Json* inside = member(*usage, details)) out.cached = integer_at(*inside, "cached_tokens");
  }
  out.seconds = number_at(*usage, "seconds");
  out.cost_usd = number_at(*usage, "cost");
  return out;
}

void settle_text(Answer& answer, std::string_view raw_text) {
  Spoken spoken = without_thinking(raw_text);
  answer.text = std::string(trim(spoken.text));
  if (!spoken.thinking.empty()) {
    if (!answer.thinking.empty()) answer.thinking += '\n';
    answer.thinking += spoken.thinking;
  }
  if (spoken.cut) answer.finish = Finish::Length;
}

std::variant<Json, ProviderError> successful_json(const HttpReply& reply, TimeMs now) {
  if (reply.status < 200 || reply.status > 299) return read_error(reply, now);
  Result<Json> body = parse_json(reply.body);
  if (!body) return unreadable(reply, "The provider's answer is not JSON.");
  const Json& inside = body->is_array() && body->size() == 1 ? (*body)[0] : *body;
  const Json* error = member(inside, "error");
  const bool failed = error != nullptr && !error->is_null() &&
                      !(error->is_string() && error->get_ref<const std::string&>().empty());
  if (failed) return read_error_object(*body, reply.status, &reply, now);
  return *std::move(body);
}

Reply<Answer> read_openai_chat(const Route&, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  const Json* choice = member_at(body, {"choices", "0"});
  if (choice == nullptr) return unreadable(reply, "The provider's answer has no choices.");
  if (const Json* error = member(*choice, "error"); error != nullptr && error->is_object()) {
    return read_error_object(*choice, reply.status, &reply, now);
  }
  Answer answer;
  answer.model = text_at(body, "model");
  answer.id = text_at(body, "id");
  answer.request_id = request_id_of(reply);
  answer.usage = usage_from_openai(member(body, "usage"));
  answer.finish_detail = text_at(*choice, "finish_reason");
  // describe-anything and some gateways name no reason at all; an answer that came whole is a stop.
  answer.finish = answer.finish_detail.empty() ? Finish::Stop : finish_from_openai(answer.finish_detail);
  static const Json nothing = Json::object();
  const Json* found = member(*choice, "message");
  const Json& message = found != nullptr ? *found : nothing;
  answer.thinking = thoughts_of(message);
  answer.groundings = groundings_of(message);
  settle_text(answer, content_text(member(message, "content")));
  const std::string refusal = text_at(message, "refusal");
  if (!refusal.empty()) {
    answer.finish = Finish::Refused;
    answer.finish_detail = refusal;
  }
  return answer;
}

namespace {

/// Transcriptions stream through the same frames, with types of their own.
bool read_transcript_event(const Json& chunk, StreamState& state) {
  const std::string type = text_at(chunk, "type");
  if (!type.starts_with("transcript.text.")) return false;
  if (type == "transcript.text.delta") state.text += text_at(chunk, "delta");
  if (type == "transcript.text.done") {
    const std::string whole = text_at(chunk, "text");
    // The last word on what was said, unless it would unsay what was already shown.
    if (whole.starts_with(state.text)) state.text = whole;
    state.answer.usage = usage_from_openai(member(chunk, "usage"));
    state.answer.finish = Finish::Stop;
    state.ended = true;
  }
  return true;
}

}  // namespace

void read_openai_event(const SseEvent& event, StreamState& state) {
  if (trim(event.data) == "[DONE]") {
    state.ended = true;
    return;
  }
  const Result<Json> chunk = parse_json(event.data);
  if (!chunk || !chunk->is_structured()) return;
  const Json* error = member(*chunk, "error");
  if ((error != nullptr && !error->is_null()) || (event.event == "error")) {
    state.error = read_error_object(*chunk, 200);
    state.answer.finish = Finish::Error;
    state.ended = true;
    return;
  }
  if (read_transcript_event(*chunk, state)) return;
  if (state.answer.model.empty()) state.answer.model = text_at(*chunk, "model");
  if (state.answer.id.empty()) state.answer.id = text_at(*chunk, "id");
  const Json* usage = member(*chunk, "usage");
  if (usage == nullptr) usage = member_at(*chunk, {"x_groq", "usage"});
  if (usage != nullptr && usage->is_object()) state.answer.usage = usage_from_openai(usage);
  const Json* choice = member_at(*chunk, {"choices", "0"});
  if (choice == nullptr) return;
  const std::string reason = text_at(*choice, "finish_reason");
  if (!reason.empty() && state.answer.finish != Finish::Refused) {
    state.answer.finish = finish_from_openai(reason);
    state.answer.finish_detail = reason;
  }
  const Json* delta = member(*choice, "delta");
  if (delta == nullptr) return;
  state.text += content_text(member(*delta, "content"));
  state.thinking += thoughts_of(*delta);
  const std::string refusal = text_at(*delta, "refusal");
  if (!refusal.empty()) {
    if (state.answer.finish != Finish::Refused) state.answer.finish_detail.clear();
    state.answer.finish = Finish::Refused;
    state.answer.finish_detail += refusal;
  }
}

}  // namespace vignette::provider
