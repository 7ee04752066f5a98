#pragma once
#include <cstdint>

#include "shared/base/bytes.hpp"

namespace vignette {

/// A decoded picture: rows from the top, no padding, 8 bits each of red, green, blue and straight (not
/// premultiplied) alpha. Always upright.
struct Pixels {
  int width = 0, height = 0;
  Bytes rgba;
};

struct Colour {
  std::uint8_t red = 255, green = 255, blue = 255;
};

struct Size {
  int width = 0, height = 0;
  bool operator==(const Size&) const = default;
};

bool is_opaque(const Pixels& pixels);

/// Puts the picture on a plain ground; afterwards it is opaque.
void flatten(Pixels& pixels, Colour background = {});

/// The part of `pixels` inside the rectangle, which is clipped to the picture. Empty when nothing is left.
Pixels crop(const Pixels& pixels, int left, int top, int width, int height);

/// `size` shrunk to fit a square of `long_side`, at least 1×1, never enlarged.
Size fit_inside(Size size, int long_side);

}  // namespace vignette
