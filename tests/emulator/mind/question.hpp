#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tests/emulator/core/call.hpp"

namespace vignette::emulator {

/// What a model is asked, whatever the wire format was.
struct Question {
  std::string system, prompt;  ///< the user's texts, joined by line ends
  std::vector<Picture> pictures;
  std::vector<Sound> sounds;
  bool json = false;           ///< the provider enforces JSON
  std::optional<Json> schema;  ///< and even this schema
  int max_tokens = 0;          ///< 0: no limit
  Script script;
};

struct Reply {
  std::string text;
  std::string finish = "stop";  ///< stop, length, filtered, refused
  int prompt_tokens = 0, completion_tokens = 0;
};

/// The model of all providers. Deterministic, and its words come from what really arrived.
Reply answer(const Question& question);

/// Words with the space that follows them: what a stream sends one by one.
std::vector<std::string> tokens_of(const std::string& text);

}  // namespace vignette::emulator
