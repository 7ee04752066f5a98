#pragma once
#include <optional>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"
#include "shared/image/format.hpp"
#include "shared/image/limits.hpp"

namespace vignette {

/// What a header says, without decoding.
struct ImageInfo {
  Format format = Format::Unknown;
  int stored_width = 0, stored_height = 0;  ///< as the file lays the pixels out
  int width = 0, height = 0;                ///< upright: what people see and what decode() returns
  int orientation = 1;                      ///< EXIF's, 1..8, already counted in width and height
  int bits_per_channel = 8;
  bool alpha = false;     ///< the file can hold transparency
  bool animated = false;  ///< more than one frame; decode() returns the first
  bool cmyk = false;
  std::optional<TimeMs> taken;  ///< see Exif::taken
};

/// Reads headers only: no decoding, and no allocation unless it fails. Formats that only the browser decodes
/// (AVIF, HEIC) are probed too; TIFF and JPEG XL are refused with advice.
///
///   const auto info = probe(file);
///   if (!info) return show(info.error());
///   reserve_tile(info->width, info->height);
Result<ImageInfo> probe(ByteView bytes, const Limits& limits = {}, std::string_view name_hint = {});

}  // namespace vignette
