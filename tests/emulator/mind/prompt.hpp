#pragma once
#include <string>

namespace vignette::emulator {

/// The few wishes this program understands in a prompt.
struct Wishes {
  std::string begin_with;    ///< `Begin with: X`, `first words are exactly: X`, or a context in double quotes
  int most_words = 0;        ///< "at most 50 words"
  bool sentence = false;     ///< "one sentence": a capital, a full stop
  bool tags = false;         ///< "comma-separated tags"
  bool boxes = false;        ///< "box_2d": Gemini's boxes, 0 to 1000
  bool description = false;  ///< JSON with scene_summary and objects
  bool series = false;       ///< JSON with is_series
  bool caption_json = false;  ///< some other JSON
};

Wishes wishes_in(const std::string& prompt);

/// The first `most` words of a text.
std::string first_words(const std::string& text, int most);

}  // namespace vignette::emulator
