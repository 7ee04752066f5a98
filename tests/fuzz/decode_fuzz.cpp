// Any bytes: every decoder, the quick path to thumbnails, and the resizers behind them.
#include <cstdlib>

#include "shared/image/copy.hpp"
#include "shared/image/decode.hpp"
#include "shared/image/probe.hpp"
#include "shared/image/thumbnail.hpp"

using namespace vignette;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  // Small enough that the fuzzer spends its time on parsing.
  const Limits limits{.max_side = 512, .max_pixels = 65'536};
  const auto pixels = decode(bytes, {.limits = limits, .name_hint = "picture.tga"});
  if (pixels) {
    const auto expected =
        static_cast<std::size_t>(pixels->width) * static_cast<std::size_t>(pixels->height) * 4;
    if (pixels->rgba.size() != expected) std::abort();
  }
  if (!probe(bytes, limits, "picture.tga")) return 0;
  const auto small = thumbnail(bytes, 16, "picture.tga");
  if (small && (small->width > 16 || small->height > 16)) std::abort();
  (void)model_copy(bytes, {.long_side = 40, .quality = 70, .black = {{0.1, 0.2, 0.5, 2}}});
  return 0;
}
