#pragma once
#include <string_view>

#include "shared/base/bytes.hpp"

namespace vignette {

inline void put_u32be(Bytes& out, std::uint32_t v) {
  for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::uint8_t>(v >> shift));
}

/// length32 | type, 4 letters | data | crc32 of type and data
void put_png_chunk(Bytes& out, std::string_view type, ByteView data);

}  // namespace vignette
