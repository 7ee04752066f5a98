#pragma once
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace vignette {

/// The file without what it says about its maker: EXIF (place, camera, embedded thumbnail), XMP, IPTC,
/// comments, text chunks, further pictures of an MPO. The pixels are not touched, and colour profile and
/// orientation stay, for without them the picture would look different. JPEG, PNG and WebP; other formats
/// come back unchanged.
Result<Bytes> strip_metadata(ByteView bytes);

}  // namespace vignette
