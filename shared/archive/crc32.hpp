#pragma once
#include <cstdint>

#include "shared/base/bytes.hpp"

namespace vignette {

/// CRC-32 as ZIP and PNG use it. Give the result of the previous piece as `before` to sum a file in pieces.
std::uint32_t crc32(ByteView bytes, std::uint32_t before = 0);

/// The CRC-32 of two pieces one after the other, from the sum of each alone and the length of the second.
/// So several workers can each sum a part of one file.
std::uint32_t crc32_combine(std::uint32_t first, std::uint32_t second, std::uint64_t second_bytes);

}  // namespace vignette
