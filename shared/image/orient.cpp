#include "shared/image/orient.hpp"

#include <algorithm>
#include <utility>

#include "shared/image/planes.hpp"

namespace vignette {
namespace {

// Turning by 90° reads rows and writes columns. In squares of 32×32 pixels both sides stay in the cache; a
// plain double loop over a 12-megapixel picture misses it on every write.
constexpr int kBlock = 32;

/// out(x, y) = in(sx, sy), where the steps say how the source address moves with x and with y.
template <class Sample>
void remap(const Sample* in, Sample* out, std::ptrdiff_t out_stride, Size size, std::ptrdiff_t origin,
           std::ptrdiff_t step_x, std::ptrdiff_t step_y) {
  const auto [width, height] = size;
  for (int top = 0; top < height; top += kBlock) {
    const int bottom = std::min(height, top + kBlock);
    for (int left = 0; left < width; left += kBlock) {
      const int right = std::min(width, left + kBlock);
      for (int y = top; y < bottom; ++y) {
        const Sample* from = in + origin + step_y * y + step_x * left;
        Sample* to = out + out_stride * y + left;
        for (int x = left; x < right; ++x, from += step_x) *to++ = *from;
      }
    }
  }
}

/// `in` has w×h samples in rows of `stride`.
template <class Sample>
void turn(const Sample* in, Sample* out, std::ptrdiff_t w, std::ptrdiff_t h, std::ptrdiff_t stride,
          std::ptrdiff_t out_stride, int orientation) {
  Size size{static_cast<int>(w), static_cast<int>(h)};
  if (swaps_sides(orientation)) std::swap(size.width, size.height);
  const std::ptrdiff_t last_x = w - 1, last_row = (h - 1) * stride;
  switch (orientation) {
    case 2: return remap(in, out, out_stride, size, last_x, -1, stride);
    case 3: return remap(in, out, out_stride, size, last_row + last_x, -1, -stride);
    case 4: return remap(in, out, out_stride, size, last_row, 1, -stride);
    case 5: return remap(in, out, out_stride, size, 0, stride, 1);
    case 6: return remap(in, out, out_stride, size, last_row, -stride, 1);
    case 7: return remap(in, out, out_stride, size, last_row + last_x, -stride, -1);
    default: return remap(in, out, out_stride, size, last_x, stride, -1);
  }
}

}  // namespace

Pixels orient(Pixels stored, int orientation) {
  if (orientation <= 1 || orientation > 8 || stored.rgba.empty()) return stored;
  Pixels out{stored.width, stored.height, Bytes(stored.rgba.size())};
  if (swaps_sides(orientation)) std::swap(out.width, out.height);
  turn(reinterpret_cast<const std::uint32_t*>(stored.rgba.data()),
       reinterpret_cast<std::uint32_t*>(out.rgba.data()), stored.width, stored.height, stored.width,
       out.width, orientation);
  return out;
}

Plane orient_plane(Plane stored, int orientation) {
  if (orientation <= 1 || orientation > 8 || stored.samples.empty()) return stored;
  Plane out = stored;
  if (swaps_sides(orientation)) {
    std::swap(out.width, out.height);
    std::swap(out.extent_x, out.extent_y);
    out.stride = (static_cast<std::size_t>(out.width) + 15) / 16 * 16;
    out.samples.assign(out.stride * static_cast<std::size_t>(out.height) + Plane::kSpare, 0);
  }
  turn(stored.samples.data(), out.samples.data(), stored.width, stored.height,
       static_cast<std::ptrdiff_t>(stored.stride), static_cast<std::ptrdiff_t>(out.stride), orientation);
  return out;
}

}  // namespace vignette
