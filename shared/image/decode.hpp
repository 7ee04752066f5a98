#pragma once
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "shared/image/limits.hpp"
#include "shared/image/pixels.hpp"

namespace vignette {

struct DecodeOptions {
  /// 0 decodes everything. Otherwise the decoder may shrink as long as the long side stays at least this;
  /// JPEG and WebP then take a fraction of the time. The result can still be much larger than asked: resize
  /// it.
  int at_least_long_side = 0;
  Limits limits;
  std::string_view name_hint;  ///< the file's name, for formats without a signature (TGA)
};

/// JPEG (also CMYK, progressive, the first picture of an MPO), PNG, GIF and WebP (first frame), BMP, TGA,
/// PSD, PNM, HDR, upright by their EXIF orientation. A file cut short is ErrorCode::Truncated, never a half
/// grey picture.
Result<Pixels> decode(ByteView bytes, const DecodeOptions& options = {});

}  // namespace vignette
