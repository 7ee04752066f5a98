#include "shared/provider/sdwebui.hpp"

namespace vignette::provider {

Result<HttpCall> sdwebui_draw_call(const Route& route, const DrawRequest& request) {
  BodyWriter body;
  JsonWriter& json = body.json;
  json.open_object().field("prompt", request.prompt);
  if (!request.negative.empty()) json.field("negative_prompt", request.negative);
  json.field("steps", request.steps).field("width", request.width).field("height", request.height);
  json.field("cfg_scale", request.guidance).field("seed", request.seed);
  if (request.n > 1) json.field("batch_size", request.n);
  json.members_of(route.model.body_extra);
  // The grid of all pictures would come first otherwise, and the server keeps nothing for us.
  json.field("send_images", true).field("save_images", false).close_object();
  return json_call(route, "/txt2img", body);
}

Reply<Drawing> read_sdwebui_drawing(const Route& route, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  Drawing drawing;
  drawing.model = route.model.id;
  // `info` is JSON inside a string.
  const Result<Json> info = parse_json(text_at(body, "info"));
  const std::optional<std::int64_t> seed = info ? integer_at(*info, "seed") : std::nullopt;
  for (const Json& each : items_at(body, "images")) {
    if (!each.is_string()) continue;
    SharedText text = share(each.get<std::string>());
    Result<Media> picture = text.text.starts_with("data:") ? media_from_url(std::move(text))
                                                           : media_from_base64("image/png", std::move(text));
    if (picture) drawing.pictures.push_back({*std::move(picture), seed, {}});
  }
  if (drawing.pictures.empty()) return unreadable(reply, "The server drew no picture.");
  return drawing;
}

Result<HttpCall> sdwebui_tag_call(const Route& route, const ChatPlan& plan) {
  const bool danbooru = route.model.id.find("danbooru") != std::string::npos;
  for (const Message& message : plan.messages) {
    for (const Part& part : message.parts) {
      if (part.kind != Part::Kind::Image) continue;
      BodyWriter body;
      body.json.open_object().field("model", danbooru ? "deepdanbooru" : "clip").key("image");
      body.data_url(part.media);
      body.json.close_object();
      return json_call(route, "/interrogate", body);
    }
  }
  return Error{ErrorCode::InvalidInput, route.model.name + " describes pictures and got none.",
               "Send one picture."};
}

Reply<Answer> read_sdwebui_tags(const Route& route, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  Answer answer;
  answer.finish = Finish::Stop;
  answer.model = route.model.id;
  settle_text(answer, text_at(*std::get_if<Json>(&parsed), "caption"));
  return answer;
}

}  // namespace vignette::provider
