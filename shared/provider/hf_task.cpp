#include "shared/provider/hf_task.hpp"

#include <algorithm>

#include "shared/base/utf8.hpp"

namespace vignette::provider {
namespace {

Result<std::string> task_path(const Route& route) {
  if (!route.model.path.empty()) return route.model.path;
  Result<std::string> id = path_id(route.model.id);
  if (!id) return id.error();
  return "/" + *id;
}

HttpCall bytes_call(const Route& route, std::string path, const Media& media) {
  HttpCall call;
  call.base = route.model.base;
  call.path = std::move(path);
  call.auth = route.provider.auth;
  call.headers = {{"Content-Type", media.mime}, {"Accept", "application/json"}};
  call.body = raw_body(media);
  return call;
}

std::vector<float> numbers(const Json& list) {
  std::vector<float> out;
  for (const Json& value : list) out.push_back(value.is_number() ? value.get<float>() : 0.0F);
  return out;
}

std::vector<float> mean_of(const Json& tokens) {
  std::vector<float> sum;
  for (const Json& token : tokens) {
    if (!token.is_array()) continue;
    const std::vector<float> each = numbers(token);
    if (sum.empty()) sum.resize(each.size());
    for (std::size_t i = 0; i < std::min(sum.size(), each.size()); ++i) sum[i] += each[i];
  }
  return sum;  // its length is set to 1 afterwards, so the division is not needed
}

std::size_t depth_of(const Json& value) {
  std::size_t depth = 0;
  for (const Json* at = &value; at->is_array() && depth < 4; at = &(*at)[0]) {
    ++depth;
    if (at->empty()) break;
  }
  return depth;
}

}  // namespace

Result<HttpCall> hf_caption_call(const Route& route, const ChatPlan& plan) {
  const Result<std::string> path = task_path(route);
  if (!path) return path.error();
  for (const Message& message : plan.messages) {
    for (const Part& part : message.parts) {
      if (part.kind == Part::Kind::Image && part.media.form != Media::Form::Url)
        return bytes_call(route, *path, part.media);
    }
  }
  return Error{ErrorCode::InvalidInput, route.model.name + " describes pictures and got none.",
               "Send one picture."};
}

Reply<Answer> read_hf_caption(const Route& route, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  const Json* first = body.is_array() ? member_at(body, {"0"}) : &body;
  if (first == nullptr || member(*first, "generated_text") == nullptr)
    return unreadable(reply, "The provider's answer holds no caption.");
  Answer answer;
  answer.finish = Finish::Stop;
  answer.model = route.model.id;
  answer.request_id = request_id_of(reply);
  settle_text(answer, text_at(*first, "generated_text"));
  return answer;
}

Result<HttpCall> hf_speech_call(const Route& route, const SpeechRequest& request) {
  const Result<std::string> path = task_path(route);
  if (!path) return path.error();
  return bytes_call(route, *path, request.audio);
}

Reply<Transcript> read_hf_speech(const Route&, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  if (member(body, "text") == nullptr) return unreadable(reply, "The provider's answer holds no text.");
  Transcript out;
  out.text = std::string(trim(text_at(body, "text")));
  out.request_id = request_id_of(reply);
  for (const Json& chunk : items_at(body, "chunks")) {
    const Json* from = member_at(chunk, {"timestamp", "0"});
    const Json* to = member_at(chunk, {"timestamp", "1"});
    if (from == nullptr || to == nullptr || !from->is_number()) continue;
    // The last chunk's end may be null: it was cut off.
    const double start = from->get<double>();
    out.segments.push_back({start, to->is_number() ? to->get<double>() : start, text_at(chunk, "text")});
  }
  return out;
}

Result<HttpCall> hf_draw_call(const Route& route, const DrawRequest& request) {
  const Result<std::string> path = task_path(route);
  if (!path) return path.error();
  const Model& model = route.model;
  JsonWriter params;
  params.open_object();
  if (model.takes("width")) params.field("width", request.width);
  if (model.takes("height")) params.field("height", request.height);
  if (model.takes("steps")) params.field("num_inference_steps", request.steps);
  if (model.takes("guidance")) params.field("guidance_scale", request.guidance);
  if (model.takes("negative") && !request.negative.empty()) params.field("negative_prompt", request.negative);
  if (model.takes("seed")) params.field("seed", request.seed);
  params.close_object();
  const std::string chosen = params.take();
  BodyWriter body;
  body.json.open_object().field("inputs", request.prompt);
  if (chosen != "{}") body.json.key("parameters").raw(chosen);
  body.json.close_object();
  HttpCall call = json_call(route, *path, body);
  call.headers.push_back({"Accept", "image/png"});
  return call;
}

Reply<Drawing> read_hf_drawing(const Route& route, const HttpReply& reply, TimeMs now) {
  if (reply.status < 200 || reply.status > 299) return read_error(reply, now);
  const std::string mime = sniff_mime(reply.body.substr(0, 32));
  if (!mime.starts_with("image/")) {
    const Result<Json> body = parse_json(reply.body);
    if (body && member(*body, "error") != nullptr) return read_error_object(*body, reply.status, &reply, now);
    return unreadable(reply, "The provider drew no picture.");
  }
  const ByteView bytes = as_bytes(reply.body);
  Drawing drawing;
  drawing.model = route.model.id;
  drawing.request_id = request_id_of(reply);
  drawing.pictures.push_back({raw_media(mime, Bytes(bytes.begin(), bytes.end())), std::nullopt, {}});
  return drawing;
}

Result<HttpCall> hf_embed_call(const Route& route, const EmbedRequest& request) {
  const Result<std::string> path = task_path(route);
  if (!path) return path.error();
  BodyWriter body;
  body.json.open_object().field("normalize", true).field("truncate", true).key("inputs").open_array();
  for (const Part& input : request.inputs) body.json.text(input.text);
  body.json.close_array().close_object();
  return json_call(route, *path, body);
}

Reply<Embeddings> read_hf_embeddings(const Route& route, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  const std::size_t depth = depth_of(body);
  Embeddings out;
  out.model = route.model.id;
  out.request_id = request_id_of(reply);
  if (depth == 1) out.vectors.push_back(numbers(body));
  if (depth == 2 || depth == 3) {
    for (const Json& each : body) {
      if (!each.is_array()) continue;
      out.vectors.push_back(depth == 2 ? numbers(each) : mean_of(each));
    }
  }
  for (std::vector<float>& vector : out.vectors) normalise(vector);
  if (out.vectors.empty() || out.vectors.front().empty())
    return unreadable(reply, "The provider's answer holds no embedding.");
  return out;
}

}  // namespace vignette::provider
