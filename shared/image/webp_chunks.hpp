#pragma once
// Walks the chunks of a WebP: "RIFF" size32 "WEBP", then  fourcc | size32 | data | padding to an even size.
#include <optional>
#include <string_view>

#include "shared/base/bytes.hpp"

namespace vignette {

struct WebpChunk {
  std::string_view fourcc;
  ByteView data;
  std::size_t start = 0,
              end =
                  0;  ///< with header and padding; `end` may lie one past the file if that lacks the padding
  bool whole = true;  ///< false: the file ends inside this chunk, and `data` is what is there
};

class WebpChunks {
 public:
  /// `at` is 12 in a file, 16 inside an animation frame's data.
  explicit WebpChunks(ByteView webp, std::size_t at = 12) : webp_(webp), at_(at) {}

  std::optional<WebpChunk> next() {
    if (at_ > webp_.size() || webp_.size() - at_ < 8) return std::nullopt;
    const std::uint32_t size = read_u32le(webp_, at_ + 4);
    const std::size_t left = webp_.size() - at_ - 8;
    WebpChunk chunk;
    chunk.fourcc = as_text(webp_.subspan(at_, 4));
    chunk.whole = size <= left;
    chunk.data = webp_.subspan(at_ + 8, chunk.whole ? size : left);
    chunk.start = at_;
    chunk.end = at_ + 8 + chunk.data.size() + (size & 1);
    at_ = chunk.end;
    return chunk;
  }

 private:
  ByteView webp_;
  std::size_t at_;
};

inline std::uint32_t read_u24le(ByteView b, std::size_t at) {
  return read_u16le(b, at) | (static_cast<std::uint32_t>(b[at + 2]) << 16);
}

namespace webp_flag {
inline constexpr std::uint8_t kAnimation = 0x02, kXmp = 0x04, kExif = 0x08, kAlpha = 0x10, kIcc = 0x20;
}  // namespace webp_flag

}  // namespace vignette
