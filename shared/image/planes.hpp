#pragma once
// A picture as JPEG keeps it: brightness (Y) and two colour differences (Cb, Cr), each a plane of bytes with
// a resolution of its own. Photos on their way to a thumbnail or to another JPEG stay in this form, which
// saves turning every pixel into RGB and back, and shrinks one and a half numbers per pixel instead of four.
#include <cstddef>

#include "shared/base/bytes.hpp"
#include "shared/image/pixels.hpp"

namespace vignette {

struct Plane {
  static constexpr std::size_t kSpare = 16;
  int width = 0, height = 0;
  std::size_t stride = 0;  ///< bytes from row to row; what lies behind `width` may be anything
  Bytes samples;           ///< and kSpare bytes, so that SIMD may read past the last row
  /// How many samples the picture's width and height really cover. A picture 4033 wide has 505 samples at one
  /// eighth, but covers 504.125 of them; ignoring that would shift thumbnails by up to half a pixel.
  double extent_x = 0, extent_y = 0;

  std::uint8_t* row(int y) { return samples.data() + stride * static_cast<std::size_t>(y); }
  const std::uint8_t* row(int y) const { return samples.data() + stride * static_cast<std::size_t>(y); }
};

struct Planes {
  Plane y, cb, cr;  ///< cb and cr are empty in a grey picture
  bool grey() const { return cb.samples.empty(); }
};

/// Lanczos, like resize(), from the plane's extent to `extent`; the result has whole samples enough to cover
/// it.
Plane resize_plane(const Plane& from, double extent_x, double extent_y);
Plane orient_plane(Plane stored, int orientation);
/// All planes must have the same size.
Pixels rgba_from(const Planes& planes);

}  // namespace vignette
