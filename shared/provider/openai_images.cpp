#include "shared/provider/openai_images.hpp"

#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {
namespace {

void write_size(const Model& model, const DrawRequest& request, JsonWriter& json) {
  if (!request.width || !request.height) return;
  if (model.image_body == "width_height") {
    json.field("width", *request.width).field("height", *request.height);
  } else {
    json.field("size", std::to_string(*request.width) + "x" + std::to_string(*request.height));
  }
}

}  // namespace

Result<HttpCall> openai_draw_call(const Route& route, const DrawRequest& request) {
  const Model& model = route.model;
  BodyWriter body;
  JsonWriter& json = body.json;
  json.open_object().field("model", model.id).field("prompt", request.prompt);
  const auto text = [&](const char* param, const char* name, const std::string& value) {
    if (!value.empty() && model.takes(param)) json.field(name, value);
  };
  text("negative", "negative_prompt", request.negative);
  if (request.n > 1 && model.takes("n")) json.field("n", request.n);
  write_size(model, request, json);
  text("quality", "quality", request.quality);
  text("background", "background", request.background);
  text("format", "output_format", request.format);
  if (model.takes("steps")) json.field("steps", request.steps);
  // A chat's seed is legal for OpenAI's chat and not for its pictures.
  if (model.takes("seed") && model.image_body == "width_height") json.field("seed", request.seed);
  if (model.takes("base64")) json.field("response_format", "base64");
  json.members_of(model.body_extra);
  json.close_object();
  return json_call(route, model.path.empty() ? "/images/generations" : model.path, body);
}

Reply<Drawing> read_openai_drawing(const Route& route, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  Drawing drawing;
  drawing.model = text_at(body, "model", route.model.id);
  drawing.usage = usage_from_openai(member(body, "usage"));
  drawing.request_id = request_id_of(reply);
  const std::string format = text_at(body, "output_format", "png");
  for (const Json& each : items_at(body, "data")) {
    const std::string base64 = text_at(each, "b64_json");
    Result<Media> picture = base64.empty() ? media_from_url(share(text_at(each, "url")))
                                           : media_from_base64("image/" + format, share(base64));
    if (picture)
      drawing.pictures.push_back(
          {*std::move(picture), integer_at(each, "seed"), text_at(each, "revised_prompt")});
  }
  if (drawing.pictures.empty()) return unreadable(reply, "The provider drew no picture.");
  return drawing;
}

}  // namespace vignette::provider
