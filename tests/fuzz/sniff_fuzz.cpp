// Any bytes: recognising and probing them must neither crash nor read outside, and what they say must be in
// range.
#include <cstdlib>

#include "shared/image/probe.hpp"

using namespace vignette;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto info = probe(bytes, {}, "picture.tga");
  if (!info) {
    if (info.error().message.empty() || info.error().hint.empty()) std::abort();
    return 0;
  }
  const bool sane = info->width > 0 && info->height > 0 && info->orientation >= 1 && info->orientation <= 8 &&
                    std::int64_t{info->width} * info->height <= Limits{}.max_pixels;
  if (!sane) std::abort();
  return 0;
}
