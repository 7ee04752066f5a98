#include "shared/provider/ollama.hpp"

#include <algorithm>

namespace vignette::provider {
namespace {

std::int64_t count_images(const std::vector<Message>& messages) {
  std::int64_t images = 0;
  for (const Message& message : messages) {
    images += std::count_if(message.parts.begin(), message.parts.end(),
                            [](const Part& part) { return part.kind == Part::Kind::Image; });
  }
  return images;
}

void write_options(const ChatPlan& plan, JsonWriter& json) {
  const ChatParams& params = plan.params;
  json.key("options").open_object();
  json.field("temperature", params.temperature)
      .field("top_p", params.top_p)
      .field("top_k", params.top_k)
      .field("seed", params.seed);
  json.field("presence_penalty", params.presence_penalty)
      .field("frequency_penalty", params.frequency_penalty);
  json.field("num_predict", params.max_tokens);
  // The default context is small, and pictures would silently push the words out of it.
  const std::int64_t images = count_images(plan.messages);
  if (images > 0) json.field("num_ctx", std::min<std::int64_t>(4096 + 1024 * images, 131'072));
  if (!params.stop.empty()) {
    json.key("stop").open_array();
    for (const std::string& stop : params.stop) json.text(stop);
    json.close_array();
  }
  json.close_object();
}

void take_chunk(const Json& chunk, StreamState& state) {
  Answer& answer = state.answer;
  if (const Json* error = member(chunk, "error"); error != nullptr && !error->is_null()) {
    state.error = read_error_object(chunk, 200);
    answer.finish = Finish::Error;
    state.ended = true;
    return;
  }
  if (answer.model.empty()) answer.model = text_at(chunk, "model");
  if (const Json* message = member(chunk, "message")) {
    state.text += text_at(*message, "content");
    state.thinking += text_at(*message, "thinking");
  }
  state.text += text_at(chunk, "response");  // what /api/generate calls it
  if (!flag_at(chunk, "done")) return;
  answer.finish_detail = text_at(chunk, "done_reason", "stop");
  answer.finish = finish_from_openai(answer.finish_detail);
  answer.usage.input = integer_at(chunk, "prompt_eval_count");
  answer.usage.output = integer_at(chunk, "eval_count");
  state.ended = true;
}

}  // namespace

Result<HttpCall> ollama_chat_call(const Route& route, const ChatPlan& plan) {
  BodyWriter body;
  JsonWriter& json = body.json;
  json.open_object().field("model", route.model.id).field("stream", plan.stream);
  if (!plan.thinking.empty()) json.field("think", plan.thinking == "true");
  if (plan.json) {
    json.key("format");
    if (plan.json->schema.empty()) {
      json.text("json");
    } else {
      json.raw(plan.json->schema);
    }
  }
  write_options(plan, json);
  json.members_of(route.model.body_extra);
  json.key("messages").open_array();
  for (const Message& message : plan.messages) {
    const char* role =
        message.role == Role::System ? "system" : (message.role == Role::Assistant ? "assistant" : "user");
    json.open_object().field("role", role).field("content", text_of(message));
    const auto is_image = [](const Part& part) { return part.kind == Part::Kind::Image; };
    if (std::any_of(message.parts.begin(), message.parts.end(), is_image)) {
      json.key("images").open_array();
      for (const Part& part : message.parts) {
        if (is_image(part)) body.base64(part.media);
      }
      json.close_array();
    }
    json.close_object();
  }
  json.close_array().close_object();
  HttpCall call = json_call(route, "/api/chat", body);
  call.streams = plan.stream;
  return call;
}

Reply<Answer> read_ollama_chat(const Route&, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  if (member(body, "message") == nullptr && member(body, "response") == nullptr)
    return unreadable(reply, "The provider's answer has no message.");
  StreamState state;
  take_chunk(body, state);
  state.answer.thinking = state.thinking;
  settle_text(state.answer, state.text);
  return std::move(state.answer);
}

void read_ollama_event(const SseEvent& line, StreamState& state) {
  const Result<Json> chunk = parse_json(line.data);
  if (chunk && chunk->is_object()) take_chunk(*chunk, state);
}

Result<HttpCall> ollama_embed_call(const Route& route, const EmbedRequest& request) {
  BodyWriter body;
  JsonWriter& json = body.json;
  json.open_object().field("model", route.model.id).field("truncate", true);
  if (route.model.takes("dimensions")) json.field("dimensions", request.dimensions);
  json.key("input").open_array();
  for (const Part& input : request.inputs) json.text(input.text);
  json.close_array().close_object();
  return json_call(route, "/api/embed", body);
}

Reply<Embeddings> read_ollama_embeddings(const Route& route, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  Embeddings out;
  out.model = text_at(body, "model", route.model.id);
  out.usage.input = integer_at(body, "prompt_eval_count");
  for (const Json& each : items_at(body, "embeddings")) {
    std::vector<float> vector;
    if (each.is_array()) {
      for (const Json& value : each) vector.push_back(value.is_number() ? value.get<float>() : 0.0F);
    }
    normalise(vector);
    out.vectors.push_back(std::move(vector));
  }
  if (out.vectors.empty()) return unreadable(reply, "The provider's answer holds no embedding.");
  return out;
}

}  // namespace vignette::provider
