#include "shared/image/gif_blocks.hpp"

namespace vignette {
namespace {

/// The bytes of a colour table as a flags byte announces it.
std::size_t table_size(std::uint8_t flags) {
  return (flags & 0x80) != 0 ? std::size_t{3} << ((flags & 7) + 1) : 0;
}

/// Behind the sub-blocks that start at `at`; 0 when the file ends before they do.
std::size_t skip_sub_blocks(ByteView gif, std::size_t at) {
  while (at < gif.size()) {
    const std::size_t size = gif[at];
    at += 1 + size;
    if (size == 0) return at;
  }
  return 0;
}

}  // namespace

GifSummary summarise_gif(ByteView gif) {
  GifSummary summary;
  if (gif.size() < 13) return summary;
  std::size_t at = 13 + table_size(gif[10]);
  while (at < gif.size()) {
    if (gif[at] == 0x21) {
      at = skip_sub_blocks(gif, at + 2);
      if (at == 0) return summary;
    } else if (gif[at] == 0x2C) {
      if (summary.first_frame_whole) {
        summary.animated = true;
        return summary;
      }
      if (gif.size() - at < 11) return summary;
      at = skip_sub_blocks(gif, at + 10 + table_size(gif[at + 9]) + 1);
      if (at == 0) return summary;
      summary.first_frame_whole = true;
    } else {
      return summary;  // 3B, the end, or nonsense that the decoder shall judge
    }
  }
  return summary;
}

}  // namespace vignette
