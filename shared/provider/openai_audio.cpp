#include "shared/provider/openai_audio.hpp"

#include <charconv>

#include "shared/base/utf8.hpp"
#include "shared/provider/multipart.hpp"
#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {
namespace {

std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, end.ptr};
}

}  // namespace

Result<HttpCall> audio_call(const Route& route, const SpeechRequest& request, std::string_view boundary) {
  const Model& model = route.model;
  if (request.audio.form == Media::Form::Url) {
    return Error{ErrorCode::InvalidInput, "A recording must be sent itself, not as an address.",
                 "Send its bytes."};
  }
  std::vector<FormField> fields;
  // An empty field is an error for whisper.cpp and a puzzle for the others: none is ever written.
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) fields.push_back({name, value});
  };
  if (model.family != Family::Whisper) add("model", model.id);
  add("response_format", request.timestamps && model.takes("timestamps") ? "verbose_json" : "json");
  if (model.takes("language")) add("language", request.language);
  if (model.takes("prompt")) add("prompt", request.prompt);
  if (model.takes("temperature") && request.temperature)
    add("temperature", number_text(*request.temperature));
  if (request.timestamps && model.takes("timestamps") && model.family != Family::Whisper)
    add("timestamp_granularities[]", "segment");
  if (request.stream && model.family != Family::Whisper) add("stream", "true");
  HttpCall call;
  call.base = model.base;
  call.path = model.path.empty() ? "/audio/transcriptions" : model.path;
  call.auth = route.provider.auth;
  call.headers = {{"Content-Type", multipart_content_type(boundary)}};
  call.body = write_multipart(boundary, fields, {"file", request.file_name, request.audio});
  call.streams = request.stream && model.family != Family::Whisper;
  return call;
}

Reply<Transcript> read_audio(const Route&, const HttpReply& reply, TimeMs now) {
  if (reply.status < 200 || reply.status > 299) return read_error(reply, now);
  Transcript out;
  out.request_id = request_id_of(reply);
  // Plain text is what some servers answer whatever was asked.
  if (!trim(reply.body).starts_with('{')) {
    if (reply.header("content-type").find("json") != std::string_view::npos)
      return unreadable(reply, "The provider's answer is not JSON.");
    out.text = std::string(trim(to_utf8(reply.body)));
    return out;
  }
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  if (member(body, "text") == nullptr) return unreadable(reply, "The provider's answer holds no text.");
  out.text = std::string(trim(text_at(body, "text")));
  out.language = text_at(body, "language");
  out.duration_s = number_at(body, "duration");
  out.usage = usage_from_openai(member(body, "usage"));
  if (!out.usage.seconds) out.usage.seconds = out.duration_s;
  for (const Json& segment : items_at(body, "segments")) {
    out.segments.push_back({number_at(segment, "start").value_or(0), number_at(segment, "end").value_or(0),
                            text_at(segment, "text")});
  }
  return out;
}

}  // namespace vignette::provider
