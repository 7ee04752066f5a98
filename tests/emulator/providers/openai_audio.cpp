// Transcriptions: multipart in, JSON, text, subtitles or a stream out.
#include <algorithm>
#include <cstdio>

#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

std::string clock_time(double seconds, char comma) {
  const int ms = static_cast<int>(seconds * 1000 + 0.5);
  char text[32];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d%c%03d", ms / 3'600'000 % 100, ms / 60'000 % 60,
                ms / 1000 % 60, comma, ms % 1000);
  return text;
}

std::string subtitles(const Sound& sound, const std::string& text, bool vtt) {
  std::string out = vtt ? "WEBVTT\n\n" : "";
  const std::vector<Tone> whole = {{0, sound.seconds, 0}};
  const auto& tones = sound.tones.empty() ? whole : sound.tones;
  for (std::size_t i = 0; i < tones.size(); ++i) {
    const char comma = vtt ? '.' : ',';
    if (!vtt) out += std::to_string(i + 1) + "\n";
    out += clock_time(tones[i].start, comma) + " --> " + clock_time(tones[i].end, comma) + "\n";
    out += (sound.tones.empty() ? text : transcribe(tones[i])) + "\n\n";
  }
  return out;
}

Json words_of(const std::string& text, double seconds) {
  Json words = Json::array();
  const auto tokens = tokens_of(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string word = tokens[i];
    while (!word.empty() && word.back() == ' ') word.pop_back();
    const double n = static_cast<double>(tokens.size());
    words.push_back({{"word", word},
                     {"start", seconds * static_cast<double>(i) / n},
                     {"end", seconds * static_cast<double>(i + 1) / n}});
  }
  return words;
}

Json verbose(const Sound& sound, const std::string& text, const std::string& granularities) {
  Json segments = Json::array();
  for (const Tone& tone : sound.tones)
    segments.push_back({{"id", segments.size()},
                        {"seek", 0},
                        {"start", tone.start},
                        {"end", tone.end},
                        {"text", " " + transcribe(tone)},
                        {"tokens", {1, 2, 3}},
                        {"temperature", 0.0},
                        {"avg_logprob", -0.3},
                        {"compression_ratio", 1.1},
                        {"no_speech_prob", 0.01}});
  Json body{{"task", "transcribe"}, {"language", "english"}, {"duration", sound.seconds}, {"text", text}};
  if (granularities.find("segment") != std::string::npos || granularities.empty())
    body["segments"] = segments;
  if (granularities.find("word") != std::string::npos) body["words"] = words_of(text, sound.seconds);
  return body;
}

Answer stream_of(const std::string& text, const Json& usage) {
  Answer out;
  out.streamed = true;
  out.content_type = "text/event-stream";
  for (const std::string& token : tokens_of(text))
    out.events.push_back(sse({{"type", "transcript.text.delta"}, {"delta", token}}));
  out.events.push_back(sse({{"type", "transcript.text.done"}, {"text", text}, {"usage", usage}}));
  out.events.push_back("data: [DONE]\n\n");
  out.closing_events = 1;
  out.error_event =
      sse({{"type", "error"}, {"error", {{"type", "server_error"}, {"message", "Something went wrong."}}}});
  return out;
}

}  // namespace

Answer transcription(Call& call, World& world, const Dialect& dialect) {
  const auto fail = [&](int status, std::string message, std::string code, std::string param) {
    return dialect.refuse({status, std::move(message), std::move(code), std::move(param)});
  };
  static const std::vector<std::string> fields = {"file",
                                                  "model",
                                                  "language",
                                                  "languages[]",
                                                  "keywords[]",
                                                  "prompt",
                                                  "response_format",
                                                  "temperature",
                                                  "timestamp_granularities[]",
                                                  "include[]",
                                                  "chunking_strategy",
                                                  "known_speaker_names[]",
                                                  "known_speaker_references[]",
                                                  "stream",
                                                  "url"};
  if (call.form.empty()) return fail(400, "This endpoint expects multipart/form-data.", "", "");
  for (const FormPart& part : call.form)
    if (dialect.strict_fields && std::find(fields.begin(), fields.end(), part.name) == fields.end() &&
        part.name.rfind("chunking_strategy[", 0) != 0)
      return fail(400, "Unknown parameter: '" + part.name + "'.", "unknown_parameter", part.name);
  const auto model = world.models.find(dialect.provider, call.model);
  if (call.model.empty())
    return fail(400, "you must provide a model parameter", "missing_required_parameter", "model");
  if (!model || !model->can('s')) return dialect.refuse(no_such_model(call.model));
  const FormPart* file = call.part("file");
  if (file == nullptr)
    return fail(400, "Missing required parameter: 'file'.", "missing_required_parameter", "file");
  const std::size_t dot = file->filename.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : file->filename.substr(dot + 1);
  static const std::vector<std::string> endings = {"flac", "mp3", "mp4", "mpeg", "mpga",
                                                   "m4a",  "ogg", "wav", "webm"};
  if (std::find(endings.begin(), endings.end(), ending) == endings.end())
    return fail(400,
                "Invalid file format. Supported formats: ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', "
                "'oga', 'ogg', 'wav', 'webm']",
                "", "file");
  if (file->content.size() > 25 * 1024 * 1024)
    return fail(413,
                "Maximum content size limit (26214400) exceeded (" + std::to_string(file->content.size()) +
                    " bytes read)",
                "request_too_large", "file");
  const std::string format = call.field("response_format").empty() ? "json" : call.field("response_format");
  const bool whisper = call.model.find("whisper") != std::string::npos;
  if (!whisper && format != "json" && format != "text")
    return fail(400,
                "response_format '" + format + "' is not compatible with model '" + call.model +
                    "'. Use 'json' or 'text' instead.",
                "unsupported_value", "response_format");
  std::string granularities;
  for (const FormPart& part : call.form)
    if (part.name == "timestamp_granularities[]") granularities += part.content + " ";
  if (!granularities.empty() && format != "verbose_json")
    return fail(400, "timestamp_granularities is only allowed with response_format 'verbose_json'.", "",
                "timestamp_granularities");
  if (whisper && call.field("stream") == "true" && dialect.provider == "openai")
    return fail(400, "Streaming is not supported by this model.", "unsupported_value", "stream");
  const Sound& sound = call.listen(file->content, file->filename);
  if (ending == "wav" && !sound.understood)
    return fail(400, "Audio file might be corrupted or unsupported", "invalid_value", "file");
  if (sound.understood && sound.seconds < 0.1)
    return fail(400, "Audio file is too short. Minimum audio length is 0.1 seconds.", "audio_too_short",
                "file");
  const std::string text = call.script.say.value_or(transcribe(sound));
  if (format == "text") return text_answer(text + "\n");
  if (format == "srt" || format == "vtt") return text_answer(subtitles(sound, text, format == "vtt"));
  Json usage{{"type", "duration"}, {"seconds", static_cast<int>(sound.seconds + 0.999)}};
  if (call.field("stream") == "true") return stream_of(text, usage);
  Json body = format == "verbose_json" ? verbose(sound, text, granularities) : Json{{"text", text}};
  if (format == "json") body["usage"] = usage;
  if (call.model == "gpt-transcribe") body["languages"] = {{{"code", "en"}}};
  if (dialect.decorate) dialect.decorate(body);
  return json_answer(body);
}

}  // namespace vignette::emulator
