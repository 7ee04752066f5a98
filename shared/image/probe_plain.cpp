// The formats whose whole header is a few numbers at fixed places.
#include "shared/image/gif_blocks.hpp"
#include "shared/image/probe_formats.hpp"

namespace vignette {

Result<ImageInfo> probe_gif(ByteView bytes) {
  if (bytes.size() < 13) return cut_short(Format::Gif);
  ImageInfo info;
  info.stored_width = read_u16le(bytes, 6);
  info.stored_height = read_u16le(bytes, 8);
  info.alpha = true;
  info.animated = summarise_gif(bytes).animated;
  return info;
}

Result<ImageInfo> probe_bmp(ByteView bytes) {
  if (bytes.size() < 26) return cut_short(Format::Bmp);
  ImageInfo info;
  if (read_u32le(bytes, 14) == 12) {
    info.stored_width = read_u16le(bytes, 18);
    info.stored_height = read_u16le(bytes, 20);
    return info;
  }
  if (bytes.size() < 30) return cut_short(Format::Bmp);
  info.stored_width = claimed_side(read_u32le(bytes, 18));
  const std::uint32_t height = read_u32le(bytes, 22);
  const bool top_down = (height & 0x80000000U) != 0;
  info.stored_height = claimed_side(top_down ? 0U - height : height);
  info.alpha = read_u16le(bytes, 28) == 32;
  return info;
}

Result<ImageInfo> probe_tga(ByteView bytes) {
  ImageInfo info;  // sniff() has seen 18 bytes
  info.stored_width = read_u16le(bytes, 12);
  info.stored_height = read_u16le(bytes, 14);
  info.alpha = bytes[16] == 32;
  return info;
}

// "8BPS" | version16 | 6 reserved | channels16 | height32 | width32 | depth16 | mode16
Result<ImageInfo> probe_psd(ByteView bytes) {
  if (bytes.size() < 26) return cut_short(Format::Psd);
  ImageInfo info;
  info.stored_height = claimed_side(read_u32be(bytes, 14));
  info.stored_width = claimed_side(read_u32be(bytes, 18));
  info.bits_per_channel = read_u16be(bytes, 22);
  info.cmyk = read_u16be(bytes, 24) == 4;
  info.alpha = !info.cmyk && read_u16be(bytes, 12) >= 4;
  return info;
}

}  // namespace vignette
