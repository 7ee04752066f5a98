#include "shared/provider/face_reply.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "shared/base/base64.hpp"
#include "shared/json/writer.hpp"
#include "shared/provider/think.hpp"

namespace vignette::provider {
namespace {

const char* finish_reason(Finish finish) {
  switch (finish) {
    case Finish::Length: return "length";
    case Finish::Filtered:
    case Finish::Refused: return "content_filter";
    case Finish::Error: return "error";
    case Finish::Stop:
    case Finish::Unknown: break;
  }
  return "stop";
}

void write_usage(const Usage& usage, JsonWriter& json) {
  const std::int64_t input = std::max<std::int64_t>(usage.input.value_or(0), 0);
  const std::int64_t output = std::max<std::int64_t>(usage.output.value_or(0), 0);
  json.key("usage").open_object().field("prompt_tokens", input).field("completion_tokens", output);
  json.field("total_tokens", input > INT64_MAX - output ? INT64_MAX : input + output);
  if (usage.cached)
    json.key("prompt_tokens_details").open_object().field("cached_tokens", usage.cached).close_object();
  if (usage.thinking)
    json.key("completion_tokens_details")
        .open_object()
        .field("reasoning_tokens", usage.thinking)
        .close_object();
  json.close_object();
}

void begin_chunk(const FaceStamp& stamp, JsonWriter& json) {
  json.open_object()
      .field("id", stamp.id)
      .field("object", "chat.completion.chunk")
      .field("created", stamp.created_s)
      .field("model", stamp.model);
}

std::string event_of(JsonWriter& json) { return "data: " + json.take() + "\n\n"; }

std::string chunk(const FaceStamp& stamp, std::string_view delta, const char* finish) {
  JsonWriter json;
  begin_chunk(stamp, json);
  json.key("choices")
      .open_array()
      .open_object()
      .field("index", 0)
      .key("delta")
      .raw(delta)
      .key("finish_reason");
  if (finish != nullptr) {
    json.text(finish);
  } else {
    json.null();
  }
  json.close_object().close_array().close_object();
  return event_of(json);
}

/// 00:00:03,200 for subtitles; WebVTT has a point for the comma.
std::string clock(double seconds, char mark) {
  const double safe = std::clamp(std::isfinite(seconds) ? seconds : 0.0, 0.0, 359'999.0);
  const auto ms = static_cast<std::int64_t>(std::llround(safe * 1000));
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d%c%03d", static_cast<int>(ms / 3'600'000),
                static_cast<int>(ms / 60'000 % 60), static_cast<int>(ms / 1000 % 60), mark,
                static_cast<int>(ms % 1000));
  return buffer;
}

std::string subtitles(const Transcript& transcript, bool vtt) {
  std::string out = vtt ? "WEBVTT\n\n" : "";
  int number = 0;
  for (const SpeechSegment& segment : transcript.segments) {
    ++number;
    if (!vtt) out += std::to_string(number) + "\n";
    const char mark = vtt ? '.' : ',';
    out += clock(segment.start_s, mark) + " --> " + clock(segment.end_s, mark) + "\n" + segment.text + "\n\n";
  }
  return out;
}

}  // namespace

std::string write_completion(const Answer& answer, const FaceStamp& stamp) {
  JsonWriter json;
  json.open_object()
      .field("id", stamp.id)
      .field("object", "chat.completion")
      .field("created", stamp.created_s)
      .field("model", stamp.model);
  json.key("choices").open_array().open_object().field("index", 0);
  json.key("message").open_object().field("role", "assistant").field("content", answer.text);
  json.key("refusal");
  if (answer.finish == Finish::Refused) {
    json.text(answer.finish_detail);
  } else {
    json.null();
  }
  json.close_object().field("finish_reason", finish_reason(answer.finish)).key("logprobs").null();
  json.close_object().close_array();
  write_usage(answer.usage, json);
  json.close_object();
  return json.take();
}

std::string write_transcript(const Transcript& transcript, std::string_view format) {
  if (format == "text") return transcript.text + "\n";
  if (format == "srt" || format == "vtt") return subtitles(transcript, format == "vtt");
  JsonWriter json;
  json.open_object();
  if (format == "verbose_json") {
    json.field("task", "transcribe")
        .field("language", transcript.language)
        .field("duration", transcript.duration_s.value_or(0));
  }
  json.field("text", transcript.text);
  if (format == "verbose_json") {
    json.key("segments").open_array();
    int id = 0;
    for (const SpeechSegment& segment : transcript.segments) {
      json.open_object()
          .field("id", id++)
          .field("start", segment.start_s)
          .field("end", segment.end_s)
          .field("text", segment.text)
          .close_object();
    }
    json.close_array();
  }
  if (transcript.usage.seconds) {
    json.key("usage")
        .open_object()
        .field("type", "duration")
        .field("seconds", transcript.usage.seconds)
        .close_object();
  }
  json.close_object();
  return json.take();
}

std::string transcript_content_type(std::string_view format) {
  if (format == "srt") return "application/x-subrip";
  if (format == "vtt") return "text/vtt; charset=utf-8";
  return format == "text" ? "text/plain; charset=utf-8" : "application/json";
}

std::string write_drawing(const Drawing& drawing, const FaceStamp& stamp) {
  JsonWriter json;
  json.open_object().field("created", stamp.created_s).key("data").open_array();
  std::string format;
  for (const Drawn& drawn : drawing.pictures) {
    if (drawn.picture.form == Media::Form::Url) continue;
    json.open_object().key("b64_json").begin_text();
    json.add_plain(drawn.picture.form == Media::Form::Base64
                       ? std::string(drawn.picture.data.text)
                       : encode_base64(as_bytes(drawn.picture.data.text)));
    json.end_text();
    if (!drawn.revised_prompt.empty()) json.field("revised_prompt", drawn.revised_prompt);
    json.field("seed", drawn.seed).close_object();
    if (drawn.picture.mime.starts_with("image/")) format = drawn.picture.mime.substr(6);
  }
  json.close_array();
  if (!format.empty()) json.field("output_format", format);
  json.close_object();
  return json.take();
}

std::string write_embeddings(const Embeddings& embeddings, const FaceStamp& stamp, bool base64) {
  JsonWriter json;
  json.open_object().field("object", "list").key("data").open_array();
  int index = 0;
  for (const std::vector<float>& vector : embeddings.vectors) {
    json.open_object().field("object", "embedding").field("index", index++).key("embedding");
    if (base64) {
      json.begin_text().add_plain(base64_from_floats(vector)).end_text();
    } else {
      json.open_array();
      for (const float value : vector) json.number(static_cast<double>(value));
      json.close_array();
    }
    json.close_object();
  }
  const std::int64_t input = std::max<std::int64_t>(embeddings.usage.input.value_or(0), 0);
  json.close_array().field("model", stamp.model).key("usage").open_object();
  json.field("prompt_tokens", input).field("total_tokens", input).close_object().close_object();
  return json.take();
}

std::string write_models(const std::vector<std::shared_ptr<const Route>>& routes, std::string_view today) {
  JsonWriter json;
  json.open_object().field("object", "list").key("data").open_array();
  for (const std::shared_ptr<const Route>& route : routes) {
    const Lifecycle life = lifecycle_of(*route, today);
    json.open_object()
        .field("id", full_name(*route))
        .field("object", "model")
        .field("created", 0)
        .field("owned_by", route->provider.id);
    json.field("name", route->model.name).key("abilities").open_array();
    for (const Ability ability : route->model.abilities) json.text(name_of(ability));
    json.close_array().key("shutdown_date");
    if (route->model.retires.empty()) {
      json.null();
    } else {
      json.text(route->model.retires);
    }
    json.field("retired", life.stage == LifeStage::Retired);
    if (!life.replaced_by.empty()) json.field("replaced_by", life.replaced_by);
    json.field("dimensions", route->model.dims).close_object();
  }
  json.close_array().close_object();
  return json.take();
}

std::string write_stream_begin(const FaceStamp& stamp) {
  return chunk(stamp, R"({"role":"assistant","content":""})", nullptr);
}

std::string write_stream_part(const StreamPart& part, const FaceStamp& stamp) {
  if (part.text.empty()) return {};
  JsonWriter delta;
  delta.open_object().field("content", part.text).close_object();
  return chunk(stamp, delta.take(), nullptr);
}

std::string write_stream_end(const StreamEnd& end, const FaceStamp& stamp, bool usage) {
  const std::string rest = write_stream_part({end.rest, {}, true}, stamp);
  if (end.error) return rest + "data: " + write_error(face_error(*end.error)) + "\n\n";
  if (!end.complete) {
    FaceError cut{
        502, "The provider's answer stopped before its end.", "upstream_error", "truncated", std::nullopt,
        {}};
    return rest + "data: " + write_error(cut) + "\n\n";
  }
  std::string out = rest + chunk(stamp, "{}", finish_reason(end.answer.finish));
  if (usage) {
    JsonWriter json;
    begin_chunk(stamp, json);
    json.key("choices").open_array().close_array();
    write_usage(end.answer.usage, json);
    json.close_object();
    out += event_of(json);
  }
  return out + "data: [DONE]\n\n";
}

}  // namespace vignette::provider
