#pragma once
#include <cstdint>

namespace vignette::local {

/// IEEE 754 half precision, the form in which weights are stored, to a float: exact for every finite value.
float float_from_half(std::uint16_t half);

}  // namespace vignette::local
