#pragma once
#include "shared/image/pixels.hpp"

namespace vignette {

/// The picture as EXIF orientation 1..8 wants it seen (1, and anything else, leaves it alone).
Pixels orient(Pixels stored, int orientation);

/// Whether width and height change places.
constexpr bool swaps_sides(int orientation) { return orientation >= 5 && orientation <= 8; }

}  // namespace vignette
