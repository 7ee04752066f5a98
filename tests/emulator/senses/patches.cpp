#include "tests/emulator/senses/patches.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "tests/emulator/senses/colours.hpp"

namespace vignette::emulator {
namespace {

// Patches are looked for on a coarser grid: photographs would take long, and a box to half a per cent is
// enough.
constexpr int longest_side = 400;

struct Grid {
  int width = 0, height = 0;
  std::vector<std::uint8_t> colour;  // 255: already taken
};

Grid reduce(const Pixels& pixels) {
  const Size size = fit_inside({pixels.width, pixels.height}, longest_side);
  Grid grid{size.width, size.height, {}};
  grid.colour.reserve(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const auto from_x = (2 * static_cast<std::int64_t>(x) + 1) * pixels.width / (2 * size.width);
      const auto from_y = (2 * static_cast<std::int64_t>(y) + 1) * pixels.height / (2 * size.height);
      const std::uint8_t* p = &pixels.rgba[static_cast<std::size_t>((from_y * pixels.width + from_x) * 4)];
      grid.colour.push_back(static_cast<std::uint8_t>(nearest_colour(p[0], p[1], p[2])));
    }
  return grid;
}

std::uint8_t border_colour(const Grid& grid) {
  std::array<int, 256> count{};
  const auto at = [&](int x, int y) { ++count[grid.colour[static_cast<std::size_t>(y * grid.width + x)]]; };
  for (int x = 0; x < grid.width; ++x) at(x, 0), at(x, grid.height - 1);
  for (int y = 0; y < grid.height; ++y) at(0, y), at(grid.width - 1, y);
  return static_cast<std::uint8_t>(std::max_element(count.begin(), count.end()) - count.begin());
}

struct Flood {
  Box box;
  int area = 0;
};

Flood flood(Grid& grid, int x, int y) {
  const std::uint8_t colour = grid.colour[static_cast<std::size_t>(y * grid.width + x)];
  Flood out{{x, y, x + 1, y + 1}, 0};
  std::vector<int> todo{y * grid.width + x};
  grid.colour[static_cast<std::size_t>(todo[0])] = 255;
  while (!todo.empty()) {
    const int at = todo.back();
    todo.pop_back();
    const int cx = at % grid.width, cy = at / grid.width;
    ++out.area;
    out.box = {std::min(out.box.left, cx), std::min(out.box.top, cy), std::max(out.box.right, cx + 1),
               std::max(out.box.bottom, cy + 1)};
    const auto visit = [&](int nx, int ny) {
      if (nx < 0 || ny < 0 || nx >= grid.width || ny >= grid.height) return;
      const int next = ny * grid.width + nx;
      if (grid.colour[static_cast<std::size_t>(next)] != colour) return;
      grid.colour[static_cast<std::size_t>(next)] = 255;
      todo.push_back(next);
    };
    visit(cx - 1, cy);
    visit(cx + 1, cy);
    visit(cx, cy - 1);
    visit(cx, cy + 1);
  }
  return out;
}

std::string position_of(const Box& box, const Grid& grid) {
  const int third_x = std::min(2, (box.left + box.right) * 3 / (2 * grid.width));
  const int third_y = std::min(2, (box.top + box.bottom) * 3 / (2 * grid.height));
  static constexpr const char* names[3][3] = {{"top left", "top", "top right"},
                                              {"left", "centre", "right"},
                                              {"bottom left", "bottom", "bottom right"}};
  return names[third_y][third_x];
}

}  // namespace

std::vector<Patch> find_patches(const Pixels& pixels) {
  Grid grid = reduce(pixels);
  const std::uint8_t ground = border_colour(grid);
  const int smallest = std::max(1, grid.width * grid.height / 400);
  std::vector<std::pair<int, Patch>> found;
  for (int y = 0; y < grid.height; ++y)
    for (int x = 0; x < grid.width; ++x) {
      const std::uint8_t colour = grid.colour[static_cast<std::size_t>(y * grid.width + x)];
      if (colour == 255 || colour == ground) continue;
      const Flood one = flood(grid, x, y);
      if (one.area < smallest) continue;
      const auto full_x = [&](int v) {
        return static_cast<int>(static_cast<std::int64_t>(v) * pixels.width / grid.width);
      };
      const auto full_y = [&](int v) {
        return static_cast<int>(static_cast<std::int64_t>(v) * pixels.height / grid.height);
      };
      found.push_back(
          {one.area,
           {palette()[colour].name,
            {full_x(one.box.left), full_y(one.box.top), full_x(one.box.right), full_y(one.box.bottom)},
            position_of(one.box, grid)}});
    }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    const Box &p = a.second.box, &q = b.second.box;
    return std::tie(b.first, p.top, p.left) < std::tie(a.first, q.top, q.left);
  });
  std::vector<Patch> patches;
  for (auto& [area, patch] : found)
    if (patches.size() < 10) patches.push_back(std::move(patch));
  return patches;
}

}  // namespace vignette::emulator
