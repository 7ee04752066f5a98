#include "shared/image/planes.hpp"

namespace vignette {
namespace {

std::uint8_t clamp_byte(int v) { return static_cast<std::uint8_t>(v < 0 ? 0 : v > 255 ? 255 : v); }

}  // namespace

// JFIF's colours: Y = 0.299 R + 0.587 G + 0.114 B, the differences scaled to fill a byte around 128. In
// 1/65536.
Pixels rgba_from(const Planes& planes) {
  Pixels out{planes.y.width, planes.y.height, {}};
  out.rgba.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 4);
  std::uint8_t* to = out.rgba.data();
  for (int row = 0; row < out.height; ++row) {
    const std::uint8_t* y = planes.y.row(row);
    const std::uint8_t* cb = planes.grey() ? nullptr : planes.cb.row(row);
    const std::uint8_t* cr = planes.grey() ? nullptr : planes.cr.row(row);
    for (int x = 0; x < out.width; ++x, to += 4) {
      const int light = y[x];
      const int blue = cb == nullptr ? 0 : cb[x] - 128, red = cr == nullptr ? 0 : cr[x] - 128;
      to[0] = clamp_byte(light + ((91881 * red + 32768) >> 16));
      to[1] = clamp_byte(light + ((-22554 * blue - 46802 * red + 32768) >> 16));
      to[2] = clamp_byte(light + ((116130 * blue + 32768) >> 16));
      to[3] = 255;
    }
  }
  return out;
}

}  // namespace vignette
