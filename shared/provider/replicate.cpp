#include "shared/provider/replicate.hpp"

#include "shared/base/utf8.hpp"

namespace vignette::provider {
namespace {

constexpr std::int64_t kPollMs = 500;  // what Replicate's own library does

const std::vector<std::string>& aspects() {
  static const std::vector<std::string> all = {"1:1", "16:9", "21:9", "3:2",  "2:3", "4:5",
                                               "5:4", "3:4",  "4:3",  "9:16", "9:21"};
  return all;
}

/// The model's name for one of our fields; empty when it has none.
std::string input_name(const Model& model, const std::string& ours, const std::string& usual) {
  const auto found = model.input_names.find(ours);
  return found != model.input_names.end() ? found->second : usual;
}

HttpCall prediction_call(const Route& route, std::string path, BodyWriter& body) {
  HttpCall call = json_call(route, std::move(path), body);
  call.headers.push_back({"Prefer", "wait"});
  return call;
}

/// {"version":…,"input":{ — community models are named by a version, official ones by their address.
Result<std::string> begin_prediction(const Route& route, BodyWriter& body) {
  body.json.open_object();
  if (!route.model.version.empty()) {
    body.json.field("version", route.model.version).key("input").open_object();
    return std::string("/predictions");
  }
  Result<std::string> id = path_id(route.model.id);
  if (!id) return id.error();
  body.json.key("input").open_object();
  return "/models/" + *id + "/predictions";
}

std::string output_text(const Json* output) {
  if (output == nullptr) return {};
  if (output->is_string()) return output->get<std::string>();
  std::string joined;
  if (output->is_array()) {
    for (const Json& token : *output) {
      if (token.is_string()) joined += token.get<std::string>();
    }
  }
  if (output->is_object()) {
    for (const char* name : {"text", "transcription", "caption"}) joined += text_at(*output, name);
  }
  return joined;
}

/// The prediction when it succeeded, or what it is instead.
std::variant<Json, Pending, ProviderError> finished(const Route& route, const HttpReply& reply, TimeMs now) {
  if (reply.status < 200 || reply.status > 299) return read_error(reply, now);
  Result<Json> body = parse_json(reply.body);
  if (!body || !body->is_object()) return unreadable(reply, "The provider's answer is not a prediction.");
  const std::string status = text_at(*body, "status");
  if (status == "succeeded") return *std::move(body);
  if (status == "starting" || status == "processing") {
    const std::string id = text_at(*body, "id");
    // The address is built from the id, never taken from the answer: it will carry the key.
    const Result<std::string> safe = path_id(id);
    if (!safe || id.find('/') != std::string::npos)
      return unreadable(reply, "The provider's prediction has no usable id.");
    return Pending{replicate_poll_call(route, id), replicate_cancel_call(route, id), kPollMs};
  }
  if (status == "failed" || status == "canceled" || status == "aborted") {
    Json as_error = Json::object();
    as_error["error"] = text_at(*body, "error", "The prediction was " + status + ".");
    ProviderError error = read_error_object(as_error, reply.status, &reply, now);
    if (error.kind == ErrorClass::Unknown) error.kind = ErrorClass::Server;
    error.code = status;
    return error;
  }
  return unreadable(reply, "The provider's prediction is in an unknown state.");
}

}  // namespace

HttpCall replicate_poll_call(const Route& route, const std::string& id) {
  HttpCall call;
  call.method = "GET";
  call.path = "/predictions/" + id;
  call.auth = route.provider.auth;
  return call;
}

HttpCall replicate_cancel_call(const Route& route, const std::string& id) {
  HttpCall call = replicate_poll_call(route, id);
  call.method = "POST";
  call.path += "/cancel";
  return call;
}

Result<HttpCall> replicate_draw_call(const Route& route, const DrawRequest& request) {
  const Model& model = route.model;
  BodyWriter body;
  const Result<std::string> path = begin_prediction(route, body);
  if (!path) return path.error();
  JsonWriter& json = body.json;
  json.field(input_name(model, "prompt", "prompt"), request.prompt);
  const auto optional = [&](const char* ours, const auto& value) {
    const std::string name = input_name(model, ours, "");
    if (model.takes(ours) && !name.empty()) json.field(name, value);
  };
  const std::string aspect = input_name(model, "aspect", "");
  if (request.width && request.height && !aspect.empty())
    json.field(aspect, nearest_aspect(*request.width, *request.height, aspects()));
  if (request.n > 1) optional("n", request.n);
  optional("steps", request.steps);
  optional("seed", request.seed);
  if (!request.format.empty())
    optional("format", std::string_view(request.format == "jpeg" ? "jpg" : request.format));
  json.members_of(model.body_extra);
  json.close_object().close_object();
  return prediction_call(route, *path, body);
}

Reply<Drawing> read_replicate_drawing(const Route& route, const HttpReply& reply, TimeMs now) {
  auto result = finished(route, reply, now);
  if (auto* pending = std::get_if<Pending>(&result)) return std::move(*pending);
  if (auto* error = std::get_if<ProviderError>(&result)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&result);
  Drawing drawing;
  drawing.model = text_at(body, "model", route.model.id);
  drawing.request_id = text_at(body, "id");
  const auto take = [&](const Json& file) {
    if (!file.is_string()) return;
    Result<Media> picture = media_from_url(share(file.get<std::string>()));
    if (picture) {
      drawing.pictures.push_back({*std::move(picture), std::nullopt, {}});
    } else if (file.get_ref<const std::string&>().starts_with("http://")) {
      // A stand-in on this machine has no certificate; fetch_call() decides whether its host is allowed.
      drawing.pictures.push_back(
          {Media{"", Media::Form::Url, share(file.get<std::string>())}, std::nullopt, {}});
    }
  };
  if (const Json* output = member(body, "output")) {
    take(*output);
    if (output->is_array()) {
      for (const Json& file : *output) take(file);
    }
  }
  if (drawing.pictures.empty()) return unreadable(reply, "The provider drew no picture.");
  return drawing;
}

Result<HttpCall> replicate_chat_call(const Route& route, const ChatPlan& plan) {
  const Model& model = route.model;
  BodyWriter body;
  const Result<std::string> path = begin_prediction(route, body);
  if (!path) return path.error();
  std::string prompt;
  const Part* picture = nullptr;
  for (const Message& message : plan.messages) {
    const std::string text = text_of(message);
    if (!prompt.empty() && !text.empty()) prompt += "\n\n";
    prompt += text;
    for (const Part& part : message.parts) {
      if (part.kind == Part::Kind::Image) picture = &part;
    }
  }
  JsonWriter& json = body.json;
  const std::string prompt_name = input_name(model, "prompt", "prompt");
  if (!prompt_name.empty()) json.field(prompt_name, prompt);
  if (!input_name(model, "max_tokens", "").empty())
    json.field(input_name(model, "max_tokens", ""), plan.params.max_tokens);
  if (!input_name(model, "temperature", "").empty())
    json.field(input_name(model, "temperature", ""), plan.params.temperature);
  json.members_of(model.body_extra);
  if (picture != nullptr) {
    json.key(input_name(model, "image", "image"));
    body.data_url(picture->media);
  }
  json.close_object().close_object();
  return prediction_call(route, *path, body);
}

Reply<Answer> read_replicate_chat(const Route& route, const HttpReply& reply, TimeMs now) {
  auto result = finished(route, reply, now);
  if (auto* pending = std::get_if<Pending>(&result)) return std::move(*pending);
  if (auto* error = std::get_if<ProviderError>(&result)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&result);
  Answer answer;
  answer.finish = Finish::Stop;
  answer.model = text_at(body, "model", route.model.id);
  answer.id = text_at(body, "id");
  answer.request_id = answer.id;
  std::string text = output_text(member(body, "output"));
  // BLIP announces what it says.
  constexpr std::string_view announcement = "Caption: ";
  if (text.starts_with(announcement)) text.erase(0, announcement.size());
  settle_text(answer, text);
  return answer;
}

void read_replicate_event(const SseEvent& event, StreamState& state) {
  if (event.event == "output") {
    state.text += event.data;
  } else if (event.event == "error") {
    Json as_error = Json::object();
    as_error["error"] = to_utf8(event.data);
    state.error = read_error_object(as_error, 200);
    state.answer.finish = Finish::Error;
    state.ended = true;
  } else if (event.event == "done") {
    const Result<Json> body = parse_json(event.data);
    const std::string reason = body ? text_at(*body, "reason") : "";
    state.answer.finish = reason.empty() ? Finish::Stop : Finish::Error;
    state.answer.finish_detail = reason.empty() ? "done" : reason;
    state.ended = true;
  }
}

}  // namespace vignette::provider
