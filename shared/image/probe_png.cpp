#include "shared/image/png_chunks.hpp"
#include "shared/image/probe_formats.hpp"

namespace vignette {

// IHDR:  width32 | height32 | depth8 | colour type8 | compression8 | filter8 | interlace8
Result<ImageInfo> probe_png(ByteView bytes) {
  PngChunks chunks(bytes);
  auto chunk = chunks.next();
  if (chunk && chunk->type == "CgBI") {
    return Error{ErrorCode::Unsupported, "This is Apple's private variant of PNG, from inside an app.",
                 "Open it in Preview on a Mac and export it as an ordinary PNG."};
  }
  if (!chunk) return bytes.size() < 33 ? cut_short(Format::Png) : damaged_header(Format::Png);
  if (chunk->type != "IHDR" || chunk->data.size() != 13) return damaged_header(Format::Png);
  ImageInfo info;
  info.stored_width = claimed_side(read_u32be(chunk->data, 0));
  info.stored_height = claimed_side(read_u32be(chunk->data, 4));
  info.bits_per_channel = chunk->data[8];
  const int colour_type = chunk->data[9];
  info.alpha = (colour_type & 4) != 0;
  if (colour_type == 3) info.bits_per_channel = 8;  // the depth is that of the palette's indexes
  while ((chunk = chunks.next()) && chunk->type != "IDAT") {
    if (chunk->type == "tRNS") info.alpha = true;
    if (chunk->type == "acTL") info.animated = true;
  }
  return info;
}

}  // namespace vignette
