#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/core/json.hpp"

namespace vignette::emulator {

/// A stretch of one pitch. 0 Hz is silence, -1 a sound without a clear pitch.
struct Tone {
  double start = 0, end = 0;  ///< seconds
  int hertz = 0;
};

/// What this program hears of a recording: WAV for real, anything else by its size only.
struct Sound {
  std::string name, format, sha256;
  std::size_t bytes = 0;
  bool understood = false;  ///< a WAV with PCM or float samples
  int sample_rate = 0, channels = 0;
  double seconds = 0;
  std::vector<Tone> tones;
};

Sound hear(std::string_view bytes, std::string_view name);
Json to_json(const Sound& sound);

/// "a tone of 440 hertz for 1.5 seconds, then silence for 0.5 seconds"
std::string transcribe(const Sound& sound);
std::string transcribe(const Tone& tone);

}  // namespace vignette::emulator
