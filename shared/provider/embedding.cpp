#include "shared/provider/embedding.hpp"

#include <cmath>
#include <cstring>

#include "shared/base/base64.hpp"

namespace vignette::provider {

Result<std::vector<float>> floats_from_base64(std::string_view text) {
  const Result<Bytes> bytes = decode_base64(text);
  if (!bytes) return bytes.error();
  if (bytes->size() % 4 != 0) {
    return Error{ErrorCode::InvalidInput, "An embedding's bytes are no whole number of floats.",
                 "Ask for it again."};
  }
  std::vector<float> values(bytes->size() / 4);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint32_t bits = read_u32le(*bytes, i * 4);
    std::memcpy(&values[i], &bits, sizeof bits);
  }
  return values;
}

std::string base64_from_floats(const std::vector<float>& values) {
  Bytes bytes;
  bytes.reserve(values.size() * 4);
  for (const float value : values) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    put_u32le(bytes, bits);
  }
  return encode_base64(bytes);
}

void normalise(std::vector<float>& vector) {
  double sum = 0;
  for (const float value : vector) sum += static_cast<double>(value) * static_cast<double>(value);
  if (!(sum > 0) || !std::isfinite(sum)) return;
  const double scale = 1 / std::sqrt(sum);
  for (float& value : vector) value = static_cast<float>(static_cast<double>(value) * scale);
}

}  // namespace vignette::provider
