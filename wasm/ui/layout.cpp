#include "wasm/ui/layout.hpp"

#include <algorithm>

namespace vignette::ui {

Layout layout_of(float width_px, float height_px, float scale) {
  Layout layout;
  const float width = width_px / scale;
  using enum Layout::Width;
  layout.width = width < 560 ? Phone : width < 720 ? Narrow : width < 1100 ? Middle : Wide;
  layout.rail_below = layout.width == Phone;
  layout.rail_labels = layout.width == Wide;

  const float top = 48 * scale;
  const float status = 28 * scale;
  layout.top = {0, 0, width_px, top};
  float bottom = height_px;
  if (layout.rail_below) {
    const float rail = 56 * scale;
    layout.rail = {0, bottom - rail, width_px, rail};
    bottom -= rail;
  }
  layout.status = {0, bottom - status, width_px, status};
  bottom -= status;
  float left = 0;
  if (!layout.rail_below) {
    const float rail = (layout.width == Wide ? 208 : layout.width == Middle ? 80 : 64) * scale;
    layout.rail = {0, top, rail, bottom - top};
    left = rail;
  }
  layout.main = {left, top, width_px - left, std::max(bottom - top, 1.0F)};
  return layout;
}

}  // namespace vignette::ui
