#include "shared/local/half.hpp"

#include <bit>

namespace vignette::local {

float float_from_half(std::uint16_t half) {
  // The bits of the fraction and the exponent in a float's places, with the exponent still biased by 15
  // instead of 127: one multiplication by 2^112 puts that right, for subnormal numbers too.
  const std::uint32_t magnitude = static_cast<std::uint32_t>(half & 0x7fff) << 13;
  const float scaled = std::bit_cast<float>(magnitude) * 0x1p112F;
  return (half & 0x8000) != 0 ? -scaled : scaled;
}

}  // namespace vignette::local
