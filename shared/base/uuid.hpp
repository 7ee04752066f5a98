#pragma once
#include <array>
#include <cstdint>
#include <string>

namespace vignette {

/// A version 4 UUID from 16 random bytes. The bytes come from outside: this library has no randomness.
std::string uuid_from(std::array<std::uint8_t, 16> random);

}  // namespace vignette
