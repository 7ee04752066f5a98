#pragma once
// One header reader per format; probe() adds what they share: limits, EXIF, the upright size.
// Sizes are passed on as the file claims them: a claim that does not fit an int becomes INT_MAX, which no
// limit allows.
#include <climits>
#include <cstdint>

#include "shared/image/probe.hpp"

namespace vignette {

Result<ImageInfo> probe_jpeg(ByteView bytes);
Result<ImageInfo> probe_png(ByteView bytes);
Result<ImageInfo> probe_gif(ByteView bytes);
Result<ImageInfo> probe_bmp(ByteView bytes);
Result<ImageInfo> probe_webp(ByteView bytes);
Result<ImageInfo> probe_tga(ByteView bytes);
Result<ImageInfo> probe_psd(ByteView bytes);
Result<ImageInfo> probe_pnm(ByteView bytes);
Result<ImageInfo> probe_hdr(ByteView bytes);
Result<ImageInfo> probe_heif(ByteView bytes);  ///< HEIC and AVIF

/// "The header of this PNG picture is damaged."
Error damaged_header(Format format);
/// "The end of this PNG picture is missing."
Error cut_short(Format format);

inline int claimed_side(std::uint64_t side) { return side > INT_MAX ? INT_MAX : static_cast<int>(side); }

}  // namespace vignette
