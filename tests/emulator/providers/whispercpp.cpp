// whisper.cpp's server: /inference, form fields read with stoi and stof, text that begins with a space.
#include "tests/emulator/providers/provider.hpp"

namespace vignette::emulator {
namespace {

Answer error(const std::string& text, int status = 400) { return json_answer({{"error", text}}, status); }

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.-") == std::string::npos;
}

std::string stamp(double seconds, char comma) {
  const int ms = static_cast<int>(seconds * 1000 + 0.5);
  char text[32];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d%c%03d", ms / 3'600'000 % 100, ms / 60'000 % 60,
                ms / 1000 % 60, comma, ms % 1000);
  return text;
}

Json verbose(const Sound& sound, const std::string& text) {
  Json segments = Json::array();
  for (const Tone& tone : sound.tones) {
    Json words = Json::array();
    words.push_back({{"word", " " + transcribe(tone)},
                     {"start", tone.start},
                     {"end", tone.end},
                     {"t_dtw", -1},
                     {"probability", 0.9}});
    segments.push_back({{"id", segments.size()},
                        {"text", " " + transcribe(tone)},
                        {"start", tone.start},
                        {"end", tone.end},
                        {"tokens", Json::array({1, 2})},
                        {"words", words},
                        {"temperature", 0.0},
                        {"avg_logprob", -0.3},
                        {"no_speech_prob", 0.01}});
  }
  return {{"task", "transcribe"},
          {"language", "english"},
          {"duration", sound.seconds},
          {"text", text},
          {"segments", segments},
          {"detected_language", "english"},
          {"detected_language_probability", 0.98},
          {"language_probabilities", Json::object()}};
}

Answer inference(Call& call) {
  const FormPart* file = call.part("file");
  if (file == nullptr) return error("no 'file' field in the request");
  for (const char* name : {"temperature", "temperature_inc", "offset_t", "offset_n", "duration",
                           "max_context", "max_len", "best_of", "beam_size", "audio_ctx", "word_thold",
                           "entropy_thold", "logprob_thold", "no_speech_thold"})
    if (call.part(name) != nullptr && !is_number(call.field(name))) return text_answer("", "text/plain", 500);
  const Sound& sound = call.listen(file->content, file->filename);
  const bool other = file->filename.size() > 4 && (file->filename.rfind(".mp3") != std::string::npos ||
                                                   file->filename.rfind(".flac") != std::string::npos);
  if (!sound.understood && !other) return error("failed to read audio data");
  const std::string text = " " + call.script.say.value_or(transcribe(sound)) + "\n";
  const std::string format = call.field("response_format");
  if (format == "text") return text_answer(text, "text/html; charset=utf-8");
  if (format == "verbose_json") return json_answer(verbose(sound, text));
  if (format == "srt" || format == "vtt") {
    std::string out = format == "vtt" ? "WEBVTT\n\n" : "";
    int number = 0;
    for (const Tone& tone : sound.tones) {
      const char comma = format == "vtt" ? '.' : ',';
      if (format == "srt") out += std::to_string(++number) + "\n";
      out += stamp(tone.start, comma) + " --> " + stamp(tone.end, comma) + "\n " + transcribe(tone) + "\n\n";
    }
    return text_answer(out, format == "vtt" ? "text/vtt" : "application/x-subrip");
  }
  return json_answer({{"text", text}});
}

}  // namespace

Answer refuse_whispercpp(const Trouble& trouble) {
  if (trouble.status == 503) return json_answer({{"status", "loading model"}}, 503);
  if (trouble.status == 400) return text_answer("Invalid request", "text/plain", 400);
  return error(trouble.message.empty() ? "failed to process audio" : trouble.message, trouble.status);
}

Answer handle_whispercpp(Call& call, World&) {
  if (is(call, "GET", "/health")) return json_answer({{"status", "ok"}});
  if (is(call, "POST", "/inference") || is(call, "POST", "/v1/audio/transcriptions")) return inference(call);
  if (is(call, "POST", "/load")) return text_answer("Load was successful!", "application/text");
  return text_answer("File Not Found (" + call.path + ")", "text/plain", 404);
}

}  // namespace vignette::emulator
