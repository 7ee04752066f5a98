#include "tests/emulator/senses/sound.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "shared/base/bytes.hpp"
#include "tests/emulator/core/digest.hpp"

namespace vignette::emulator {
namespace {

constexpr double window_seconds = 0.25;
constexpr double silence_below = 0.003;  // root mean square of full scale

struct Samples {
  int rate = 0, channels = 0;
  std::vector<float> mono;
};

float sample_at(ByteView b, std::size_t at, int bits, bool is_float) {
  if (is_float) {
    const std::uint32_t word = read_u32le(b, at);
    float value = 0;
    std::memcpy(&value, &word, sizeof value);
    return value;
  }
  if (bits == 8) return (static_cast<float>(b[at]) - 128) / 128;
  return static_cast<float>(static_cast<std::int16_t>(read_u16le(b, at))) / 32768;
}

// RIFF | size | WAVE | chunks: name(4) size(4) data, padded to even
bool read_wav(ByteView b, Samples& out) {
  if (b.size() < 12 || as_text(b.first(4)) != "RIFF" || as_text(b.subspan(8, 4)) != "WAVE") return false;
  int bits = 0, format = 0;
  for (std::size_t at = 12; at + 8 <= b.size();) {
    const std::string_view name = as_text(b.subspan(at, 4));
    const std::size_t size = std::min<std::size_t>(read_u32le(b, at + 4), b.size() - at - 8);
    at += 8;
    if (name == "fmt " && size >= 16) {
      format = read_u16le(b, at);
      out.channels = read_u16le(b, at + 2);
      out.rate = static_cast<int>(read_u32le(b, at + 4));
      bits = read_u16le(b, at + 14);
    } else if (name == "data") {
      const bool is_float = format == 3 && bits == 32;
      if (out.channels < 1 || out.rate < 1 || !(is_float || (format == 1 && (bits == 8 || bits == 16))))
        return false;
      const std::size_t width = static_cast<std::size_t>(bits) / 8;
      const std::size_t frame = width * static_cast<std::size_t>(out.channels);
      for (std::size_t i = 0; i + frame <= size; i += frame) {
        float sum = 0;
        for (std::size_t c = 0; c < frame; c += width) sum += sample_at(b, at + i + c, bits, is_float);
        out.mono.push_back(sum / static_cast<float>(out.channels));
      }
      return true;
    }
    at += size + (size & 1);
  }
  return false;
}

// How much of the window's energy lies at one frequency (Goertzel), 0…1 for a pure tone.
double share_of(const float* s, std::size_t n, double energy, double hertz, int rate) {
  const double w = 2 * std::numbers::pi * hertz / rate, c = 2 * std::cos(w);
  double a = 0, b = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double next = static_cast<double>(s[i]) + c * a - b;
    b = a;
    a = next;
  }
  return (a * a + b * b - c * a * b) * 2 / (static_cast<double>(n) * energy);
}

int pitch_of(const float* s, std::size_t n, int rate) {
  double energy = 0;
  for (std::size_t i = 0; i < n; ++i) energy += static_cast<double>(s[i]) * static_cast<double>(s[i]);
  if (n == 0 || std::sqrt(energy / static_cast<double>(n)) < silence_below) return 0;
  double best = 0, best_share = 0;
  const auto search = [&](std::size_t samples, double from, double to, double step) {
    best_share = 0;
    double all = 0;
    for (std::size_t i = 0; i < samples; ++i) all += static_cast<double>(s[i]) * static_cast<double>(s[i]);
    for (double f = std::max(50.0, from), end = to; f <= end; f += step) {
      const double share = share_of(s, samples, all, f, rate);
      if (share > best_share) {
        best_share = share;
        best = f;
      }
    }
  };
  // First coarsely on the beginning of the window, then closely on all of it.
  search(std::min<std::size_t>(n, 2000), 50, std::min(3000.0, rate / 2.2), 4);
  search(n, best - 14, best + 14, 0.5);
  if (best_share < 0.3) return -1;
  return static_cast<int>(std::lround(best));
}

bool same_pitch(int a, int b) { return a == b || (a > 0 && b > 0 && std::abs(a - b) <= std::max(3, a / 50)); }

std::string seconds_text(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", seconds);
  return std::string(text) + " seconds";
}

}  // namespace

Sound hear(std::string_view bytes, std::string_view name) {
  Sound out;
  out.name = name;
  out.sha256 = sha256(bytes);
  out.bytes = bytes.size();
  const std::size_t dot = name.rfind('.');
  out.format = dot == name.npos ? "audio" : std::string(name.substr(dot + 1));
  Samples samples;
  if (!read_wav(as_bytes(bytes), samples)) return out;
  out.understood = true;
  out.format = "wav";
  out.sample_rate = samples.rate;
  out.channels = samples.channels;
  out.seconds = static_cast<double>(samples.mono.size()) / samples.rate;
  const std::size_t window =
      std::max<std::size_t>(1, static_cast<std::size_t>(window_seconds * samples.rate));
  // Ten minutes at most are listened to; the length is exact whatever it is.
  const std::size_t end = std::min(samples.mono.size(), window * 2400);
  for (std::size_t at = 0; at < end; at += window) {
    const std::size_t n = std::min(window, end - at);
    // A short rest belongs to what came before: too few samples to name a pitch.
    const bool rest = n * 2 < window && !out.tones.empty();
    const int hertz = rest ? out.tones.back().hertz : pitch_of(&samples.mono[at], n, samples.rate);
    const double from = static_cast<double>(at) / samples.rate,
                 to = static_cast<double>(at + n) / samples.rate;
    if (!out.tones.empty() && same_pitch(out.tones.back().hertz, hertz)) {
      out.tones.back().end = to;
    } else {
      out.tones.push_back({from, to, hertz});
    }
  }
  return out;
}

Json to_json(const Sound& s) {
  Json json{{"name", s.name}, {"format", s.format}, {"bytes", s.bytes}, {"sha256", s.sha256}};
  if (s.understood) {
    json["sample_rate"] = s.sample_rate;
    json["channels"] = s.channels;
    json["seconds"] = s.seconds;
    json["text"] = transcribe(s);
  }
  return json;
}

std::string transcribe(const Tone& tone) {
  const std::string length = seconds_text(tone.end - tone.start);
  if (tone.hertz == 0) return "silence for " + length;
  if (tone.hertz < 0) return "a sound for " + length;
  return "a tone of " + std::to_string(tone.hertz) + " hertz for " + length;
}

std::string transcribe(const Sound& sound) {
  if (!sound.understood) return "a recording of " + std::to_string(sound.bytes) + " bytes in " + sound.format;
  std::string text;
  for (const Tone& tone : sound.tones) text += (text.empty() ? "" : ", then ") + transcribe(tone);
  return text;
}

}  // namespace vignette::emulator
