#include "wasm/ui/grid_layout.hpp"

#include <algorithm>
#include <cmath>

namespace vignette::ui {
namespace {
// Cells may be this much smaller than asked, so that a phone shows two columns of the usual size.
constexpr float kShrinks = 0.9F;
}  // namespace

GridLayout GridLayout::make(int count, float width, float tile, float label_h, float gap, float margin) {
  GridLayout grid;
  grid.count = count;
  grid.gap = gap;
  grid.margin = margin;
  const float room = std::max(width - 2 * margin, 1.0F);
  grid.columns = std::max(1, static_cast<int>((room + gap) / (tile * kShrinks + gap)));
  grid.cell_w =
      std::max((room - gap * static_cast<float>(grid.columns - 1)) / static_cast<float>(grid.columns), 1.0F);
  grid.cell_h = grid.cell_w + label_h;
  return grid;
}

float GridLayout::content_height() const {
  if (count == 0) return 0;
  return 2 * margin + static_cast<float>(rows()) * (cell_h + gap) - gap;
}

Rect GridLayout::cell(int index) const {
  const auto column = static_cast<float>(index % columns);
  const auto row = static_cast<float>(index / columns);
  return {margin + column * (cell_w + gap), margin + row * (cell_h + gap), cell_w, cell_h};
}

std::pair<int, int> GridLayout::visible(float top, float bottom) const {
  const float pitch = cell_h + gap;
  const int first = std::clamp(static_cast<int>(std::floor((top - margin) / pitch)), 0, rows());
  const int last = std::clamp(static_cast<int>(std::ceil((bottom - margin) / pitch)), first, rows());
  return {std::min(first * columns, count), std::min(last * columns, count)};
}

int GridLayout::at(float x, float y) const {
  if (x < margin || y < margin) return -1;
  const float column = std::floor((x - margin) / (cell_w + gap));
  const float row = std::floor((y - margin) / (cell_h + gap));
  if (column >= static_cast<float>(columns) || row >= static_cast<float>(rows())) return -1;
  const int index = static_cast<int>(row) * columns + static_cast<int>(column);
  if (index >= count) return -1;
  const Rect r = cell(index);
  return x < r.x + r.w && y < r.y + r.h ? index : -1;
}

std::vector<int> GridLayout::inside(const Rect& box) const {
  std::vector<int> found;
  const auto [first, last] = visible(box.y, box.y + box.h);
  for (int i = first; i < last; ++i) {
    const Rect r = cell(i);
    if (r.x < box.x + box.w && box.x < r.x + r.w && r.y < box.y + box.h && box.y < r.y + r.h)
      found.push_back(i);
  }
  return found;
}

int GridLayout::rows_in(float height) const { return std::max(1, static_cast<int>(height / (cell_h + gap))); }

}  // namespace vignette::ui
