#pragma once
#include <string>
#include <vector>

#include "tests/emulator/core/json.hpp"
#include "tests/emulator/senses/picture.hpp"

namespace vignette::emulator {

/// A unit vector for a text: each word adds a direction that only depends on the word, so texts that share
/// words are close. A crude but honest stand-in: cosine grows with what two texts have in common.
std::vector<float> embed(const std::string& text, int dimensions);
/// In the same space, through the words this program has for a picture.
std::vector<float> embed(const Picture& picture, int dimensions);

Json as_floats(const std::vector<float>& vector);
/// Little-endian 32-bit floats in base64: OpenAI's encoding_format "base64".
std::string as_base64(const std::vector<float>& vector);

}  // namespace vignette::emulator
