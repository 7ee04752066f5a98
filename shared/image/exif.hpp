#pragma once
#include <optional>

#include "shared/base/bytes.hpp"
#include "shared/base/time.hpp"
#include "shared/image/format.hpp"

namespace vignette {

struct Exif {
  int orientation = 1;  ///< 1..8; anything else in the file counts as 1
  std::optional<TimeMs>
      taken;  ///< DateTimeOriginal as the camera's clock showed it, counted as if it were UTC
};

/// From a TIFF block ("II*\0" or "MM\0*"), as JPEG, PNG and WebP embed it. Damage reads as "nothing said".
Exif read_exif(ByteView tiff);

/// The TIFF block inside a JPEG's APP1, a PNG's eXIf or a WebP's EXIF chunk; empty when there is none.
/// It points into `picture`. Allocates nothing.
ByteView find_exif(ByteView picture, Format format);

/// A TIFF block that says nothing but the orientation: 26 bytes, 4 of them the end marker.
Bytes minimal_exif(int orientation);

}  // namespace vignette
