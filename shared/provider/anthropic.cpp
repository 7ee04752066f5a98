#include "shared/provider/anthropic.hpp"

#include <algorithm>

namespace vignette::provider {
namespace {

constexpr std::int64_t kDefaultMaxTokens = 1024;

void write_block(const Part& part, BodyWriter& body) {
  JsonWriter& json = body.json;
  json.open_object();
  if (part.kind == Part::Kind::Text) {
    json.field("type", "text").field("text", part.text);
  } else {
    json.field("type", "image").key("source").open_object();
    if (part.media.form == Media::Form::Url) {
      json.field("type", "url").field("url", part.media.data.text);
    } else {
      json.field("type", "base64").field("media_type", part.media.mime).key("data");
      body.base64(part.media);
    }
    json.close_object();
  }
  json.close_object();
}

/// The picture before the words, as the provider advises; several keep their order, because the words between
/// them may name them.
void write_content(std::vector<Part> parts, BodyWriter& body) {
  std::erase_if(parts, [](const Part& part) { return part.kind == Part::Kind::Audio; });
  const auto is_image = [](const Part& part) { return part.kind == Part::Kind::Image; };
  if (std::count_if(parts.begin(), parts.end(), is_image) == 1) {
    const auto picture = std::find_if(parts.begin(), parts.end(), is_image);
    std::rotate(parts.begin(), picture, picture + 1);
  }
  body.json.key("content").open_array();
  for (const Part& part : parts) write_block(part, body);
  body.json.close_array();
}

std::int64_t budget_for(const std::string& effort) {
  return effort == "low" ? 1024 : (effort == "medium" ? 4096 : 16384);
}

Finish finish_from_anthropic(std::string_view reason) {
  if (reason == "end_turn" || reason == "stop_sequence") return Finish::Stop;
  if (reason == "max_tokens" || reason == "model_context_window_exceeded") return Finish::Length;
  return reason == "refusal" ? Finish::Refused : Finish::Unknown;
}

void take_usage(const Json* usage, Usage& into) {
  if (usage == nullptr) return;
  if (const auto input = integer_at(*usage, "input_tokens")) into.input = input;
  if (const auto output = integer_at(*usage, "output_tokens")) into.output = output;
  if (const auto cached = integer_at(*usage, "cache_read_input_tokens"); cached && *cached > 0)
    into.cached = cached;
}

void take_stop(const Json& source, Answer& answer) {
  const std::string reason = text_at(source, "stop_reason");
  if (reason.empty()) return;
  answer.finish = finish_from_anthropic(reason);
  answer.finish_detail = reason;
  if (const Json* details = member(source, "stop_details"))
    answer.finish_detail = text_at(*details, "explanation", reason);
}

}  // namespace

Result<HttpCall> anthropic_chat_call(const Route& route, const ChatPlan& plan) {
  const Model& model = route.model;
  const bool newer = model.api_version >= "2026";
  std::vector<Message> messages = plan.messages;
  const std::string system = take_system(messages);
  const bool thinks = plan.thinking == "low" || plan.thinking == "medium" || plan.thinking == "high";
  std::int64_t most = plan.params.max_tokens.value_or(kDefaultMaxTokens);
  // The budget lies inside the limit, and an answer must fit beside it.
  if (thinks && !newer) most = std::max(most, budget_for(plan.thinking) + kDefaultMaxTokens);

  BodyWriter body;
  JsonWriter& json = body.json;
  json.open_object().field("model", model.id).field("max_tokens", most);
  if (plan.stream) json.field("stream", true);
  json.field("temperature", plan.params.temperature)
      .field("top_p", plan.params.top_p)
      .field("top_k", plan.params.top_k);
  if (!plan.params.stop.empty()) {
    json.key("stop_sequences").open_array();
    for (const std::string& stop : plan.params.stop) json.text(stop);
    json.close_array();
  }
  if (thinks && newer) json.key("thinking").open_object().field("type", "adaptive").close_object();
  if (thinks && !newer)
    json.key("thinking")
        .open_object()
        .field("type", "enabled")
        .field("budget_tokens", budget_for(plan.thinking))
        .close_object();
  if (!thinks && !plan.thinking.empty())
    json.key("thinking").open_object().field("type", plan.thinking).close_object();
  const bool schema = plan.json && !plan.json->schema.empty();
  if (schema || (thinks && newer)) {
    json.key("output_config").open_object();
    if (thinks && newer) json.field("effort", plan.thinking);
    if (schema)
      json.key("format")
          .open_object()
          .field("type", "json_schema")
          .key("schema")
          .raw(plan.json->schema)
          .close_object();
    json.close_object();
  }
  json.members_of(model.body_extra);
  if (!system.empty()) json.field("system", system);
  json.key("messages").open_array();
  for (const Message& message : messages) {
    json.open_object().field("role", message.role == Role::Assistant ? "assistant" : "user");
    write_content(message.parts, body);
    json.close_object();
  }
  json.close_array().close_object();
  HttpCall call = json_call(route, model.path.empty() ? "/messages" : model.path, body);
  call.headers.push_back({"anthropic-version", model.api_version.empty() ? "2023-06-01" : model.api_version});
  call.streams = plan.stream;
  return call;
}

Reply<Answer> read_anthropic_chat(const Route&, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  if (member(body, "content") == nullptr) return unreadable(reply, "The provider's answer has no content.");
  Answer answer;
  std::string text;
  for (const Json& block : items_at(body, "content")) {
    const std::string type = text_at(block, "type");
    if (type == "text") text += text_at(block, "text");
    if (type == "thinking") answer.thinking += text_at(block, "thinking");
  }
  answer.model = text_at(body, "model");
  answer.id = text_at(body, "id");
  answer.request_id = request_id_of(reply);
  take_usage(member(body, "usage"), answer.usage);
  take_stop(body, answer);
  settle_text(answer, text);
  return answer;
}

void read_anthropic_event(const SseEvent& event, StreamState& state) {
  const Result<Json> body = parse_json(event.data);
  if (!body || !body->is_object()) return;
  const std::string type = text_at(*body, "type", event.event);
  if (type == "error" || member(*body, "error") != nullptr) {
    state.error = read_error_object(*body, 200);
    state.answer.finish = Finish::Error;
    state.ended = true;
  } else if (type == "message_start") {
    if (const Json* message = member(*body, "message")) {
      state.answer.model = text_at(*message, "model");
      state.answer.id = text_at(*message, "id");
      take_usage(member(*message, "usage"), state.answer.usage);
    }
  } else if (type == "content_block_delta") {
    if (const Json* delta = member(*body, "delta")) {
      state.text += text_at(*delta, "text");
      state.thinking += text_at(*delta, "thinking");
    }
  } else if (type == "message_delta") {
    if (const Json* delta = member(*body, "delta")) take_stop(*delta, state.answer);
    take_usage(member(*body, "usage"), state.answer.usage);
  } else if (type == "message_stop") {
    state.ended = true;
  }
}

}  // namespace vignette::provider
