#include "shared/provider/dam.hpp"

#include "shared/base/base64.hpp"

namespace vignette::provider {
namespace {

/// Colour type 6 stands at byte 25 of a PNG, inside the IHDR chunk.
bool is_rgba_png(const Media& media) {
  std::string head(media.data.text.substr(0, 36));
  if (media.form == Media::Form::Base64) {
    const Result<Bytes> bytes = decode_base64(head);
    if (!bytes) return false;
    head = std::string(as_text(*bytes));
  }
  return sniff_mime(head) == "image/png" && head.size() > 25 && head[25] == 6;
}

/// The server cuts its own marker out of the front and breaks on it anywhere else.
std::string without_marker(std::string text) {
  constexpr std::string_view marker = "<image>";
  for (std::size_t at = text.find(marker); at != std::string::npos; at = text.find(marker))
    text.erase(at, marker.size());
  return text;
}

}  // namespace

Result<HttpCall> dam_chat_call(const Route& route, const ChatPlan& plan) {
  std::string words;
  const Part* picture = nullptr;
  std::size_t pictures = 0;
  for (const Message& message : plan.messages) {
    if (message.role == Role::Assistant) continue;
    const std::string text = text_of(message);
    if (!words.empty() && !text.empty()) words += '\n';
    words += text;
    for (const Part& part : message.parts) {
      if (part.kind != Part::Kind::Image) continue;
      picture = &part;
      ++pictures;
    }
  }
  if (pictures != 1 || picture->media.form == Media::Form::Url || !is_rgba_png(picture->media)) {
    return Error{ErrorCode::InvalidInput,
                 "Describe Anything takes exactly one PNG with the region in its alpha channel.",
                 "Send the picture as an RGBA PNG: 255 inside the region, 0 outside."};
  }
  BodyWriter body;
  JsonWriter& json = body.json;
  json.open_object().field("model", route.model.id);
  if (plan.stream) json.field("stream", true);
  json.key("messages").open_array().open_object().field("role", "user").key("content").open_array();
  json.open_object().field("type", "image_url").key("image_url").open_object().key("url");
  body.data_url(picture->media);
  json.close_object().close_object();
  json.open_object().field("type", "text").field("text", "\n" + without_marker(words)).close_object();
  json.close_array().close_object().close_array().close_object();
  HttpCall call = json_call(route, "/chat/completions", body);
  call.streams = plan.stream;
  return call;
}

}  // namespace vignette::provider
