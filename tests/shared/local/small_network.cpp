#include "tests/shared/local/small_network.hpp"

#include <cmath>

namespace vignette::testing {
namespace {

/// From the definition of a half, not from how floats are stored.
std::uint16_t half_of(float number) {
  if (number == 0) return 0;
  int exponent = 0;
  const float fraction = std::frexp(std::abs(number), &exponent);  // in [0.5, 1)
  const auto mantissa = static_cast<std::uint16_t>(std::lround((fraction * 2 - 1) * 1024));
  const auto sign = static_cast<std::uint16_t>(number < 0 ? 0x8000 : 0);
  return static_cast<std::uint16_t>(sign | ((exponent + 14) << 10) | mantissa);
}

}  // namespace

Bytes network_file(const std::string& header, const std::vector<float>& numbers) {
  Bytes out;
  for (const char c : std::string("VIGNNET1")) out.push_back(static_cast<std::uint8_t>(c));
  std::string padded = header;
  while (padded.size() % 4 != 0) padded += ' ';
  put_u32le(out, padded.size());
  out.insert(out.end(), padded.begin(), padded.end());
  for (const float number : numbers) put_u16le(out, half_of(number));
  return out;
}

}  // namespace vignette::testing
