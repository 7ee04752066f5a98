#pragma once
#include <utility>
#include <vector>

#include "wasm/ui/frame.hpp"

namespace vignette::ui {

/// Where the cells of a grid lie, by arithmetic alone: nothing here looks at the items. Coordinates are those
/// of the scrolled content, 0 at its top left.
struct GridLayout {
  int count = 0;
  int columns = 1;
  float cell_w = 1, cell_h = 1;
  float gap = 0, margin = 0;

  /// As many columns as fit with cells about `tile` wide, stretched to fill the width. `label_h` lies
  /// under the picture.
  static GridLayout make(int count, float width, float tile, float label_h, float gap, float margin);

  int rows() const { return (count + columns - 1) / columns; }
  float content_height() const;
  Rect cell(int index) const;
  /// Indices [first, last) of the rows between two heights.
  std::pair<int, int> visible(float top, float bottom) const;
  /// The cell at a point, or -1 in a gap.
  int at(float x, float y) const;
  /// All cells a box touches.
  std::vector<int> inside(const Rect& box) const;
  int rows_in(float height) const;
};

}  // namespace vignette::ui
