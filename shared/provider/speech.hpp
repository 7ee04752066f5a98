#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/provider/chat.hpp"

namespace vignette::provider {

struct SpeechRequest {
  Media audio;
  std::string file_name = "recording.wav";  ///< providers tell the format by its ending
  std::string language;                     ///< "en", or empty
  std::string prompt;
  std::optional<double> temperature;
  bool timestamps = false;  ///< of segments, where the model can
  bool stream = false;
};

struct SpeechSegment {
  double start_s = 0;
  double end_s = 0;
  std::string text;
};

struct Transcript {
  std::string text;
  std::string language;
  std::optional<double> duration_s;
  std::vector<SpeechSegment> segments;
  Usage usage;
  std::string request_id;
};

}  // namespace vignette::provider
