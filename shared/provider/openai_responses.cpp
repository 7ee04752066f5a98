#include "shared/provider/openai_responses.hpp"

namespace vignette::provider {
namespace {

void write_input(const std::vector<Message>& messages, BodyWriter& body) {
  JsonWriter& json = body.json;
  json.key("input").open_array();
  for (const Message& message : messages) {
    const bool ours = message.role == Role::Assistant;
    json.open_object().field("role", ours ? "assistant" : "user").key("content").open_array();
    for (const Part& part : message.parts) {
      if (part.kind == Part::Kind::Audio) continue;
      json.open_object();
      if (part.kind == Part::Kind::Text) {
        json.field("type", ours ? "output_text" : "input_text").field("text", part.text);
      } else {
        json.field("type", "input_image").key("image_url");
        body.data_url(part.media);
      }
      json.close_object();
    }
    json.close_array().close_object();
  }
  json.close_array();
}

/// A whole response object: from a plain reply, or as the last event of a stream.
void take_response(const Json& body, StreamState& state) {
  Answer& answer = state.answer;
  answer.model = text_at(body, "model");
  answer.id = text_at(body, "id");
  answer.usage = usage_from_openai(member(body, "usage"));
  std::string text;
  std::string refusal;
  for (const Json& item : items_at(body, "output")) {
    text += content_text(member(item, "content"));
    for (const Json& part : items_at(item, "content")) {
      if (text_at(part, "type") == "refusal") refusal += text_at(part, "refusal");
    }
    for (const Json& part : items_at(item, "summary")) state.thinking += text_at(part, "text");
  }
  if (text.starts_with(state.text)) state.text = text;
  const std::string status = text_at(body, "status");
  answer.finish_detail = status;
  answer.finish = status == "completed" ? Finish::Stop : Finish::Unknown;
  if (status == "failed") answer.finish = Finish::Error;
  if (const Json* details = member(body, "incomplete_details");
      status == "incomplete" && details != nullptr) {
    answer.finish_detail = text_at(*details, "reason");
    answer.finish = answer.finish_detail == "content_filter" ? Finish::Filtered : Finish::Length;
  }
  if (!refusal.empty()) {
    answer.finish = Finish::Refused;
    answer.finish_detail = refusal;
  }
}

}  // namespace

Result<HttpCall> responses_chat_call(const Route& route, const ChatPlan& plan) {
  std::vector<Message> messages = plan.messages;
  const std::string system = take_system(messages);
  BodyWriter body;
  JsonWriter& json = body.json;
  json.open_object().field("model", route.model.id).field("store", false);
  json.field("max_output_tokens", plan.params.max_tokens)
      .field("temperature", plan.params.temperature)
      .field("top_p", plan.params.top_p);
  if (plan.stream) json.field("stream", true);
  if (!plan.thinking.empty())
    json.key("reasoning").open_object().field("effort", plan.thinking).close_object();
  if (plan.json) {
    json.key("text").open_object().key("format").open_object();
    if (plan.json->schema.empty()) {
      json.field("type", "json_object");
    } else {
      json.field("type", "json_schema")
          .field("name", plan.json->name)
          .field("strict", plan.json->strict)
          .key("schema")
          .raw(plan.json->schema);
    }
    json.close_object().close_object();
  }
  json.members_of(route.model.body_extra);
  if (!system.empty()) json.field("instructions", system);
  write_input(messages, body);
  json.close_object();
  HttpCall call = json_call(route, route.model.path.empty() ? "/responses" : route.model.path, body);
  call.streams = plan.stream;
  return call;
}

Reply<Answer> read_responses_chat(const Route&, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  if (!member(body, "output")) return unreadable(reply, "The provider's answer has no output.");
  StreamState state;
  take_response(body, state);
  state.answer.thinking = state.thinking;
  state.answer.request_id = request_id_of(reply);
  settle_text(state.answer, state.text);
  return std::move(state.answer);
}

void read_responses_event(const SseEvent& event, StreamState& state) {
  const Result<Json> body = parse_json(event.data);
  if (!body || !body->is_object()) return;
  const std::string type = text_at(*body, "type", event.event);
  const Json* response = member(*body, "response");
  const Json* error = response != nullptr ? member(*response, "error") : member(*body, "error");
  if (type == "error" || type == "response.failed" || (error != nullptr && !error->is_null())) {
    state.error = read_error_object(response != nullptr ? *response : *body, 200);
    state.answer.finish = Finish::Error;
    state.ended = true;
  } else if (type == "response.output_text.delta") {
    state.text += text_at(*body, "delta");
  } else if (type == "response.reasoning_summary_text.delta") {
    state.thinking += text_at(*body, "delta");
  } else if ((type == "response.completed" || type == "response.incomplete") && response != nullptr) {
    take_response(*response, state);
    state.ended = true;
  }
}

}  // namespace vignette::provider
