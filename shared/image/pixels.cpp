#include "shared/image/pixels.hpp"

#include <algorithm>
#include <cstring>

namespace vignette {

bool is_opaque(const Pixels& pixels) {
  const std::uint8_t* p = pixels.rgba.data();
  const std::size_t size = pixels.rgba.size();
  std::uint8_t all = 255;
  // A row's worth at a time: quick to give up, and the inner loop is simple enough for SIMD.
  const std::size_t step = 4096;
  for (std::size_t start = 0; start < size; start += step) {
    const std::size_t end = std::min(size, start + step);
    for (std::size_t i = start + 3; i < end; i += 4) all = static_cast<std::uint8_t>(all & p[i]);
    if (all != 255) return false;
  }
  return true;
}

void flatten(Pixels& pixels, Colour background) {
  const int ground[3] = {background.red, background.green, background.blue};
  for (std::size_t i = 0; i + 3 < pixels.rgba.size(); i += 4) {
    const int alpha = pixels.rgba[i + 3];
    if (alpha == 255) continue;
    for (std::size_t c = 0; c < 3; ++c) {
      const int mixed = pixels.rgba[i + c] * alpha + ground[c] * (255 - alpha);
      pixels.rgba[i + c] = static_cast<std::uint8_t>((mixed + 127) / 255);
    }
    pixels.rgba[i + 3] = 255;
  }
}

Pixels crop(const Pixels& pixels, int left, int top, int width, int height) {
  const std::int64_t right = std::min<std::int64_t>(std::int64_t{left} + width, pixels.width);
  const std::int64_t bottom = std::min<std::int64_t>(std::int64_t{top} + height, pixels.height);
  left = std::max(left, 0);
  top = std::max(top, 0);
  if (right <= left || bottom <= top) return {};
  Pixels out{static_cast<int>(right - left), static_cast<int>(bottom - top), {}};
  const std::size_t row = static_cast<std::size_t>(out.width) * 4;
  out.rgba.resize(row * static_cast<std::size_t>(out.height));
  for (int y = 0; y < out.height; ++y) {
    const std::size_t from = (static_cast<std::size_t>(top + y) * static_cast<std::size_t>(pixels.width) +
                              static_cast<std::size_t>(left)) *
                             4;
    std::memcpy(out.rgba.data() + row * static_cast<std::size_t>(y), pixels.rgba.data() + from, row);
  }
  return out;
}

Size fit_inside(Size size, int long_side) {
  const int longest = std::max(size.width, size.height);
  if (longest <= long_side) return size;
  const auto scaled = [&](int side) {
    return std::max(
        1, static_cast<int>((std::int64_t{side} * long_side * 2 + longest) / (std::int64_t{longest} * 2)));
  };
  return {scaled(size.width), scaled(size.height)};
}

}  // namespace vignette
