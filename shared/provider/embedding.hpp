#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/provider/chat.hpp"

namespace vignette::provider {

struct EmbedRequest {
  std::vector<Part> inputs;  ///< texts and pictures; one vector each
  std::optional<std::int64_t> dimensions;
  bool query = false;  ///< some models embed what is searched for differently from what is found
};

struct Embeddings {
  std::vector<std::vector<float>> vectors;  ///< in the order of the inputs, of length 1
  std::string model;
  Usage usage;
  std::string request_id;
};

/// Little-endian 32-bit floats, as `encoding_format: base64` has them.
Result<std::vector<float>> floats_from_base64(std::string_view text);
std::string base64_from_floats(const std::vector<float>& values);
/// So that a dot product is the cosine. All zeros stay as they are.
void normalise(std::vector<float>& vector);

}  // namespace vignette::provider
