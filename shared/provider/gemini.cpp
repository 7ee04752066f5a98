#include "shared/provider/gemini.hpp"

#include <algorithm>

#include "shared/provider/think.hpp"

namespace vignette::provider {
namespace {

Result<std::string> model_path(const Route& route, const char* verb) {
  Result<std::string> id = path_id(route.model.id);
  if (!id) return id.error();
  const bool whole = id->starts_with("models/") || id->starts_with("tunedModels/");
  return (whole ? "/" : "/models/") + *id + ":" + verb;
}

void write_parts(const std::vector<Part>& parts, BodyWriter& body) {
  JsonWriter& json = body.json;
  json.key("parts").open_array();
  for (const Part& part : parts) {
    json.open_object();
    if (part.kind == Part::Kind::Text) {
      json.field("text", part.text);
    } else if (part.media.form == Media::Form::Url) {
      json.key("fileData").open_object().field("fileUri", part.media.data.text).close_object();
    } else {
      json.key("inlineData").open_object().field("mimeType", part.media.mime).key("data");
      body.base64(part.media);
      json.close_object();
    }
    json.close_object();
  }
  json.close_array();
}

void write_thinking(const Thinking& thinking, const std::string& word, JsonWriter& json) {
  if (word.empty() || (thinking.style != ThinkingStyle::Budget && thinking.style != ThinkingStyle::Level))
    return;
  json.key("thinkingConfig").open_object();
  // Both at once would be refused, hence exactly one.
  if (thinking.style == ThinkingStyle::Budget) {
    json.key("thinkingBudget").raw(word);
  } else {
    json.field("thinkingLevel", word);
  }
  json.close_object();
}

void write_generation_config(const Model& model, const ChatPlan& plan, JsonWriter& json) {
  const ChatParams& params = plan.params;
  JsonWriter inside;
  inside.open_object();
  inside.field("maxOutputTokens", params.max_tokens).field("temperature", params.temperature);
  inside.field("topP", params.top_p).field("topK", params.top_k).field("seed", params.seed);
  inside.field("presencePenalty", params.presence_penalty)
      .field("frequencyPenalty", params.frequency_penalty);
  if (!params.stop.empty()) {
    inside.key("stopSequences").open_array();
    for (const std::string& stop : params.stop) inside.text(stop);
    inside.close_array();
  }
  if (plan.json) {
    inside.field("responseMimeType", "application/json");
    if (!plan.json->schema.empty()) inside.key("responseJsonSchema").raw(plan.json->schema);
  }
  write_thinking(model.thinking, plan.thinking, inside);
  inside.close_object();
  const std::string config = inside.take();
  if (config != "{}") json.key("generationConfig").raw(config);
}

Finish finish_from_gemini(std::string_view reason) {
  if (reason == "STOP") return Finish::Stop;
  if (reason == "MAX_TOKENS") return Finish::Length;
  constexpr std::string_view filters[] = {"SAFETY",
                                          "RECITATION",
                                          "BLOCKLIST",
                                          "PROHIBITED_CONTENT",
                                          "SPII",
                                          "LANGUAGE",
                                          "IMAGE_SAFETY",
                                          "IMAGE_PROHIBITED_CONTENT",
                                          "IMAGE_RECITATION"};
  return std::find(std::begin(filters), std::end(filters), reason) != std::end(filters) ? Finish::Filtered
                                                                                        : Finish::Unknown;
}

Usage usage_from_gemini(const Json* usage) {
  Usage out;
  if (usage == nullptr) return out;
  out.input = integer_at(*usage, "promptTokenCount");
  out.thinking = integer_at(*usage, "thoughtsTokenCount");
  out.cached = integer_at(*usage, "cachedContentTokenCount");
  const std::optional<std::int64_t> spoken = integer_at(*usage, "candidatesTokenCount");
  if (spoken || out.thinking) {
    constexpr std::int64_t most = 1'000'000'000'000;
    out.output = std::clamp<std::int64_t>(spoken.value_or(0), 0, most) +
                 std::clamp<std::int64_t>(out.thinking.value_or(0), 0, most);
  }
  return out;
}

/// One response object, whole or a part of a stream, into the state.
void take_response(const Json& body, StreamState& state) {
  Answer& answer = state.answer;
  if (const std::string model = text_at(body, "modelVersion"); !model.empty()) answer.model = model;
  if (const std::string id = text_at(body, "responseId"); !id.empty()) answer.id = id;
  if (const Json* usage = member(body, "usageMetadata")) answer.usage = usage_from_gemini(usage);
  if (const Json* reason = member_at(body, {"promptFeedback", "blockReason"});
      reason != nullptr && reason->is_string()) {
    answer.finish = Finish::Filtered;
    answer.finish_detail = reason->get<std::string>();
    state.ended = true;
    return;
  }
  const Json* candidate = member_at(body, {"candidates", "0"});
  if (candidate == nullptr) return;
  if (const Json* content = member(*candidate, "content")) {
    for (const Json& part : items_at(*content, "parts")) {
      (flag_at(part, "thought") ? state.thinking : state.text) += text_at(part, "text");
    }
  }
  const std::string reason = text_at(*candidate, "finishReason");
  if (reason.empty()) return;
  answer.finish = finish_from_gemini(reason);
  answer.finish_detail = text_at(*candidate, "finishMessage", reason);
  state.ended = true;
}

void take_interaction(const Json& body, StreamState& state) {
  const std::string type = text_at(body, "event_type");
  if (type == "step.delta") {
    const Json* delta = member(body, "delta");
    if (delta == nullptr) return;
    (text_at(*delta, "type") == "text" ? state.text : state.thinking) += text_at(*delta, "text");
  } else if (type == "interaction.completed") {
    if (const Json* usage = member_at(body, {"interaction", "usage"})) {
      state.answer.usage.input = integer_at(*usage, "total_input_tokens");
      state.answer.usage.output = integer_at(*usage, "total_output_tokens");
      state.answer.usage.thinking = integer_at(*usage, "total_thought_tokens");
    }
    const Json* interaction = member(body, "interaction");
    const std::string status = interaction != nullptr ? text_at(*interaction, "status") : "";
    state.answer.finish =
        status == "completed" ? Finish::Stop : (status == "incomplete" ? Finish::Length : Finish::Unknown);
    state.answer.finish_detail = status;
    state.ended = true;
  }
}

const std::vector<std::string>& aspects() {
  static const std::vector<std::string> all = {"1:1", "2:3", "3:2", "3:4", "4:3", "9:16", "16:9", "21:9"};
  return all;
}

}  // namespace

Result<HttpCall> gemini_chat_call(const Route& route, const ChatPlan& plan) {
  Result<std::string> path =
      model_path(route, plan.stream ? "streamGenerateContent?alt=sse" : "generateContent");
  if (!path) return path.error();
  std::vector<Message> messages = plan.messages;
  const std::string system = take_system(messages);
  BodyWriter body;
  body.json.open_object();
  if (!system.empty()) {
    body.json.key("systemInstruction").open_object();
    write_parts({text_part(system)}, body);
    body.json.close_object();
  }
  write_generation_config(route.model, plan, body.json);
  body.json.members_of(route.model.body_extra);
  body.json.key("contents").open_array();
  for (const Message& message : messages) {
    body.json.open_object().field("role", message.role == Role::Assistant ? "model" : "user");
    write_parts(message.parts, body);
    body.json.close_object();
  }
  body.json.close_array().close_object();
  HttpCall call = json_call(route, *path, body);
  call.streams = plan.stream;
  return call;
}

Reply<Answer> read_gemini_chat(const Route&, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  if (!body.is_object()) return unreadable(reply, "The provider's answer is not an object.");
  StreamState state;
  take_response(body, state);
  state.answer.thinking = state.thinking;
  state.answer.request_id = request_id_of(reply);
  settle_text(state.answer, state.text);
  return std::move(state.answer);
}

void read_gemini_event(const SseEvent& event, StreamState& state) {
  const Result<Json> body = parse_json(event.data);
  if (!body || !body->is_structured()) return;
  const Json& inside = body->is_array() && body->size() == 1 ? (*body)[0] : *body;
  if (const Json* error = member(inside, "error"); error != nullptr && !error->is_null()) {
    state.error = read_error_object(*body, 200);
    state.answer.finish = Finish::Error;
    state.ended = true;
  } else if (member(inside, "event_type") != nullptr) {
    take_interaction(inside, state);
  } else {
    take_response(inside, state);
  }
}

Result<HttpCall> gemini_draw_call(const Route& route, const DrawRequest& request) {
  Result<std::string> path = model_path(route, "generateContent");
  if (!path) return path.error();
  BodyWriter body;
  body.json.open_object().key("generationConfig").open_object();
  body.json.key("responseModalities").open_array().text("IMAGE").close_array();
  if (request.width && request.height) {
    body.json.key("imageConfig")
        .open_object()
        .field("aspectRatio", nearest_aspect(*request.width, *request.height, aspects()))
        .close_object();
  }
  body.json.close_object().key("contents").open_array().open_object().field("role", "user");
  write_parts({text_part(request.prompt)}, body);
  body.json.close_object().close_array().close_object();
  return json_call(route, *path, body);
}

Reply<Drawing> read_gemini_drawing(const Route&, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  Drawing drawing;
  drawing.model = text_at(body, "modelVersion");
  drawing.usage = usage_from_gemini(member(body, "usageMetadata"));
  drawing.request_id = request_id_of(reply);
  for (const Json& candidate : items_at(body, "candidates")) {
    const Json* content = member(candidate, "content");
    if (content == nullptr) continue;
    for (const Json& part : items_at(*content, "parts")) {
      const Json* data = member(part, "inlineData");
      if (data == nullptr || flag_at(part, "thought")) continue;
      Result<Media> picture =
          media_from_base64(text_at(*data, "mimeType", "image/png"), share(text_at(*data, "data")));
      if (picture) drawing.pictures.push_back({*std::move(picture), std::nullopt, {}});
    }
  }
  if (!drawing.pictures.empty()) return drawing;
  StreamState state;
  take_response(body, state);
  ProviderError error = unreadable(reply, "The provider drew no picture.");
  error.code = state.answer.finish_detail;
  if (state.answer.finish == Finish::Filtered) {
    error.kind = ErrorClass::Refused;
    error.message = sentence_for(ErrorClass::Refused);
    error.retryable = false;
  }
  return error;
}

Result<HttpCall> gemini_embed_call(const Route& route, const EmbedRequest& request) {
  Result<std::string> path = model_path(route, "batchEmbedContents");
  if (!path) return path.error();
  BodyWriter body;
  body.json.open_object().key("requests").open_array();
  for (const Part& input : request.inputs) {
    body.json.open_object().field("model", "models/" + route.model.id).key("content").open_object();
    write_parts({input}, body);
    body.json.close_object();
    if (route.model.embed_form == "task_type")
      body.json.field("taskType", request.query ? "RETRIEVAL_QUERY" : "RETRIEVAL_DOCUMENT");
    if (route.model.takes("dimensions")) body.json.field("outputDimensionality", request.dimensions);
    body.json.close_object();
  }
  body.json.close_array().close_object();
  return json_call(route, *path, body);
}

Reply<Embeddings> read_gemini_embeddings(const Route& route, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  Embeddings out;
  out.model = route.model.id;
  out.request_id = request_id_of(reply);
  const Json* single = member(body, "embedding");
  const Json list = single != nullptr ? Json::array({*single}) : items_at(body, "embeddings");
  for (const Json& each : list) {
    std::vector<float> vector;
    for (const Json& value : items_at(each, "values"))
      vector.push_back(value.is_number() ? value.get<float>() : 0.0F);
    normalise(vector);
    out.vectors.push_back(std::move(vector));
  }
  if (out.vectors.empty()) return unreadable(reply, "The provider's answer holds no embedding.");
  return out;
}

ChatRequest gemini_speech_request(const SpeechRequest& request) {
  std::string words = "Transcribe verbatim. Output only the transcript.";
  if (!request.language.empty()) words += " The language is " + request.language + ".";
  if (!request.prompt.empty()) words += " Words that may occur: " + request.prompt;
  ChatRequest chat;
  chat.messages = {{Role::User, {Part{Part::Kind::Audio, {}, request.audio}, text_part(words)}}};
  chat.params.temperature = request.temperature;
  chat.params.effort = Effort::Off;
  chat.stream = request.stream;
  return chat;
}

}  // namespace vignette::provider
