#include "tests/emulator/mind/vectors.hpp"

#include <cctype>
#include <cmath>
#include <cstring>

#include "shared/base/base64.hpp"
#include "tests/emulator/core/digest.hpp"

namespace vignette::emulator {
namespace {

void add_direction(std::vector<float>& vector, const std::string& word, float weight) {
  std::uint64_t state = stable_hash(word), bits = 0;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    if (i % 64 == 0) bits = next_random(state);
    vector[i] += (bits >> (i % 64)) & 1 ? weight : -weight;
  }
}

// Words that say nothing weigh little; otherwise every two sentences would be alike.
float weight_of(const std::string& word) {
  static const char* const small[] = {"a",  "an",   "the", "of", "and", "in",
                                      "on", "with", "is",  "to", "at",  "it"};
  for (const char* one : small)
    if (word == one) return 0.2F;
  return 1;
}

}  // namespace

std::vector<float> embed(const std::string& text, int dimensions) {
  std::vector<float> vector(static_cast<std::size_t>(std::max(1, dimensions)));
  std::string word;
  const auto finish = [&] {
    if (word.empty()) return;
    if (word.size() > 3 && word.back() == 's') word.pop_back();  // chairs are close to a chair
    add_direction(vector, word, weight_of(word));
    word.clear();
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 128 || std::isalnum(byte) != 0) {
      word += static_cast<char>(byte < 128 ? std::tolower(byte) : byte);
    } else {
      finish();
    }
  }
  finish();
  double square = 0;
  for (const float v : vector) square += static_cast<double>(v) * static_cast<double>(v);
  if (square == 0) {
    vector[0] = 1;
  } else {
    for (float& v : vector) v = static_cast<float>(static_cast<double>(v) / std::sqrt(square));
  }
  return vector;
}

std::vector<float> embed(const Picture& picture, int dimensions) {
  return embed(describe(picture), dimensions);
}

Json as_floats(const std::vector<float>& vector) {
  Json list = Json::array();
  for (const float v : vector) list.push_back(v);
  return list;
}

std::string as_base64(const std::vector<float>& vector) {
  Bytes bytes;
  for (const float v : vector) {
    std::uint32_t word = 0;
    std::memcpy(&word, &v, sizeof word);
    put_u32le(bytes, word);
  }
  return encode_base64(bytes);
}

}  // namespace vignette::emulator
