#pragma once
// Walks the chunks of a PNG: after 8 bytes of signature, each is  length32 | type, 4 letters | data | crc32.
#include <optional>
#include <string_view>

#include "shared/base/bytes.hpp"

namespace vignette {

struct PngChunk {
  std::string_view type;
  ByteView data;
  std::size_t start = 0, end = 0;  ///< the whole chunk, from its length to behind its checksum
};

class PngChunks {
 public:
  explicit PngChunks(ByteView png) : png_(png) {}

  /// Nothing at the end, or when the next chunk does not fit: then position() is short of the file's size.
  std::optional<PngChunk> next() {
    if (at_ > png_.size() || png_.size() - at_ < 12) return std::nullopt;
    const std::size_t length = read_u32be(png_, at_);
    if (length > png_.size() - at_ - 12) return std::nullopt;
    PngChunk chunk{as_text(png_.subspan(at_ + 4, 4)), png_.subspan(at_ + 8, length), at_, at_ + length + 12};
    at_ = chunk.end;
    return chunk;
  }
  std::size_t position() const { return at_; }

 private:
  ByteView png_;
  std::size_t at_ = 8;
};

}  // namespace vignette
