#include "shared/image/probe_formats.hpp"
#include "shared/image/webp_chunks.hpp"

namespace vignette {
namespace {

// "VP8 ": frame tag24 | 9D 01 2A | width14 and scale2 | height14 and scale2
bool read_lossy(ByteView data, ImageInfo& info) {
  if (data.size() < 10 || data[3] != 0x9D || data[4] != 0x01 || data[5] != 0x2A) return false;
  info.stored_width = read_u16le(data, 6) & 0x3FFF;
  info.stored_height = read_u16le(data, 8) & 0x3FFF;
  return true;
}

// "VP8L": 2F | 14 bits width − 1 | 14 bits height − 1 | 1 bit alpha | 3 bits version
bool read_lossless(ByteView data, ImageInfo& info) {
  if (data.size() < 5 || data[0] != 0x2F) return false;
  const std::uint32_t bits = read_u32le(data, 1);
  info.stored_width = static_cast<int>((bits & 0x3FFF) + 1);
  info.stored_height = static_cast<int>(((bits >> 14) & 0x3FFF) + 1);
  info.alpha = ((bits >> 28) & 1) != 0;
  return true;
}

// "VP8X": flags8 | reserved24 | canvas width24 − 1 | canvas height24 − 1
bool read_extended(ByteView data, ImageInfo& info) {
  if (data.size() < 10) return false;
  info.stored_width = static_cast<int>(read_u24le(data, 4) + 1);
  info.stored_height = static_cast<int>(read_u24le(data, 7) + 1);
  info.alpha = (data[0] & webp_flag::kAlpha) != 0;
  info.animated = (data[0] & webp_flag::kAnimation) != 0;
  return true;
}

}  // namespace

Result<ImageInfo> probe_webp(ByteView bytes) {
  const auto chunk = WebpChunks(bytes).next();
  if (!chunk) return cut_short(Format::WebP);
  ImageInfo info;
  const bool read = chunk->fourcc == "VP8 "   ? read_lossy(chunk->data, info)
                    : chunk->fourcc == "VP8L" ? read_lossless(chunk->data, info)
                    : chunk->fourcc == "VP8X" ? read_extended(chunk->data, info)
                                              : false;
  if (read) return info;
  return chunk->whole ? damaged_header(Format::WebP) : cut_short(Format::WebP);
}

}  // namespace vignette
