#pragma once
// A decoder for the JPEGs that cameras and phones write (baseline, one interleaved scan, grey or YCbCr), made
// for one purpose: a much smaller picture, quickly. It never judges a file: whatever it does not know or
// finds odd, it leaves to libjpeg, which decodes it or says what is wrong. Twice as fast as libjpeg at the
// same job.
#include <optional>

#include "shared/image/planes.hpp"
#include "shared/image/probe.hpp"

namespace vignette {

/// Planes decoded at 1/8, 1/4 or 1/2, whichever is the smallest to give brightness at least the size `luma`
/// and colour `chroma`. Colour that the file stores more coarsely may come out smaller, at 1/2. Nothing when
/// brightness is needed in full, and for all files that are libjpeg's to decode.
std::optional<Planes> decode_planes(ByteView jpeg, const ImageInfo& info, Size luma, Size chroma);

}  // namespace vignette
