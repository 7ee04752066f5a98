#include "shared/provider/nvidia.hpp"

namespace vignette::provider {

std::optional<Pending> nvcf_pending(const Route& route, const HttpReply& reply) {
  if (reply.status != 202) return std::nullopt;
  const Result<std::string> id = path_id(reply.header("nvcf-reqid"));
  if (!id || id->find('/') != std::string::npos) return std::nullopt;
  Pending pending;
  pending.poll.method = "GET";
  pending.poll.base = "nvcf";
  pending.poll.path = "/pexec/status/" + *id;
  pending.poll.auth = route.provider.auth;
  pending.poll.headers = {{"Accept", "application/json"}};
  return pending;
}

Result<HttpCall> nvcf_chat_call(const Route& route, const ChatPlan& plan) {
  return openai_chat_call(route, plan);  // the tag form and the missing model field are data
}

Reply<Answer> read_nvcf_chat(const Route& route, const HttpReply& reply, TimeMs now) {
  if (std::optional<Pending> pending = nvcf_pending(route, reply)) return *std::move(pending);
  return read_openai_chat(route, reply, now);
}

Result<HttpCall> nvcf_draw_call(const Route& route, const DrawRequest& request) {
  const Model& model = route.model;
  BodyWriter body;
  body.json.open_object().field("prompt", request.prompt);
  if (model.takes("guidance")) body.json.field("cfg_scale", request.guidance.value_or(0));
  body.json.field("width", request.width.value_or(1024)).field("height", request.height.value_or(1024));
  if (model.takes("seed")) body.json.field("seed", request.seed);
  if (model.takes("steps")) body.json.field("steps", request.steps.value_or(4));
  body.json.members_of(model.body_extra);
  body.json.close_object();
  HttpCall call = json_call(route, model.path, body);
  call.headers.push_back({"Accept", "application/json"});
  return call;
}

Reply<Drawing> read_nvcf_drawing(const Route& route, const HttpReply& reply, TimeMs now) {
  if (std::optional<Pending> pending = nvcf_pending(route, reply)) return *std::move(pending);
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  Drawing drawing;
  drawing.request_id = request_id_of(reply);
  bool filtered = false;
  for (const Json& artifact : items_at(body, "artifacts")) {
    filtered = filtered || text_at(artifact, "finishReason") == "CONTENT_FILTERED";
    Result<Media> picture = media_from_base64("image/jpeg", share(text_at(artifact, "base64")));
    if (picture && text_at(artifact, "finishReason", "SUCCESS") == "SUCCESS")
      drawing.pictures.push_back({*std::move(picture), integer_at(artifact, "seed"), {}});
  }
  if (!drawing.pictures.empty()) return drawing;
  ProviderError error =
      unreadable(reply, filtered ? sentence_for(ErrorClass::Refused) : "The provider drew no picture.");
  if (filtered) {
    error.kind = ErrorClass::Refused;
    error.retryable = false;
  }
  return error;
}

}  // namespace vignette::provider
