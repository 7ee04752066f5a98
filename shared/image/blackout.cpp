#include "shared/image/blackout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vignette {
namespace {

struct Point {
  double x, y;
};

/// Where a point of the upright picture was stored: what orient() does, read backwards.
Point stored_point(Point upright, int orientation) {
  const auto [x, y] = upright;
  switch (orientation) {
    case 2: return {1 - x, y};
    case 3: return {1 - x, 1 - y};
    case 4: return {x, 1 - y};
    case 5: return {y, x};
    case 6: return {y, 1 - x};
    case 7: return {1 - y, 1 - x};
    case 8: return {1 - y, x};
    default: return upright;
  }
}

struct Samples {
  int left, top, right, bottom;  // right and bottom are the first outside
};

// Decoders spread colour over neighbouring pixels, and a plane may have been decoded at a fraction of its
// size, each sample a mixture of a few: that much more on each side, to be sure.
constexpr int kMargin = 2;

/// `extent`: how many samples the sides cover.
Samples samples_under(const PictureBox& box, int orientation, Point extent, Size size) {
  const Point a = stored_point({box.left, box.top}, orientation);
  const Point b = stored_point({box.left + box.width, box.top + box.height}, orientation);
  const auto first = [](double one, double other, double all, int most) {
    return static_cast<int>(std::clamp(std::floor(std::min(one, other) * all) - kMargin, 0.0, double(most)));
  };
  const auto last = [](double one, double other, double all, int most) {
    return static_cast<int>(std::clamp(std::ceil(std::max(one, other) * all) + kMargin, 0.0, double(most)));
  };
  return {first(a.x, b.x, extent.x, size.width), first(a.y, b.y, extent.y, size.height),
          last(a.x, b.x, extent.x, size.width), last(a.y, b.y, extent.y, size.height)};
}

void fill(Plane& plane, const PictureBox& box, int orientation, std::uint8_t value) {
  if (plane.samples.empty()) return;
  const Samples part =
      samples_under(box, orientation, {plane.extent_x, plane.extent_y}, {plane.width, plane.height});
  for (int y = part.top; y < part.bottom; ++y) {
    std::fill(plane.row(y) + part.left, plane.row(y) + std::max(part.left, part.right), value);
  }
}

}  // namespace

void black_out(Pixels& stored, const std::vector<PictureBox>& boxes, int orientation) {
  static constexpr std::array<std::uint8_t, 4> kBlack = {0, 0, 0, 255};
  for (const PictureBox& box : boxes) {
    const Samples part = samples_under(box, orientation, {double(stored.width), double(stored.height)},
                                       {stored.width, stored.height});
    for (int y = part.top; y < part.bottom; ++y) {
      std::uint8_t* row = stored.rgba.data() + std::size_t(y) * std::size_t(stored.width) * 4;
      for (int x = part.left; x < part.right; ++x)
        std::copy(kBlack.begin(), kBlack.end(), row + std::size_t(x) * 4);
    }
  }
}

void black_out(Planes& stored, const std::vector<PictureBox>& boxes, int orientation) {
  for (const PictureBox& box : boxes) {
    fill(stored.y, box, orientation, 0);
    fill(stored.cb, box, orientation, 128);
    fill(stored.cr, box, orientation, 128);
  }
}

}  // namespace vignette
