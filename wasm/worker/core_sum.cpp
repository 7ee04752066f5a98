#include <emscripten/emscripten.h>

#include "shared/archive/crc32.hpp"

// The only exports that answer directly: a checksum is one number, and is asked for once per slice.

extern "C" {

EMSCRIPTEN_KEEPALIVE std::uint32_t core_crc32(const std::uint8_t* bytes, std::size_t size,
                                              std::uint32_t before) {
  return vignette::crc32({bytes, size}, before);
}
}
