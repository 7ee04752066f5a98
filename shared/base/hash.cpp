#include "shared/base/hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace vignette {

std::string content_hash(ByteView bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(32);
  for (const std::uint64_t half : {hash.high64, hash.low64}) {
    for (int shift = 60; shift >= 0; shift -= 4) out.push_back(kHex[(half >> shift) & 15]);
  }
  return out;
}

}  // namespace vignette
