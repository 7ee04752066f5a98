#pragma once
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "shared/image/pixels.hpp"

namespace vignette {

struct JpegOptions {
  int quality = 90;          ///< 1..100
  bool full_colour = false;  ///< 4:4:4 instead of 4:2:0
  bool smallest = false;     ///< spend time on a few per cent: progressive with optimal Huffman tables
};

/// Baseline JPEG (JFIF, no other metadata). Transparency is ignored: flatten() first.
Result<Bytes> encode_jpeg(const Pixels& pixels, const JpegOptions& options = {});

/// 8-bit PNG, RGB when every pixel is opaque, RGBA otherwise. `level` is zlib's 0..9.
Result<Bytes> encode_png(const Pixels& pixels, int level = 6);

}  // namespace vignette
