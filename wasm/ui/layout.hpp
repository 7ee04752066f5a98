#pragma once
#include "wasm/ui/frame.hpp"

namespace vignette::ui {

/// Where the regions of the window lie. Widths are judged at the interface size: at 200 % a 1,280 px window
/// is as narrow as 640 px is at 100 %.
struct Layout {
  enum class Width { Phone, Narrow, Middle, Wide };
  Width width = Width::Wide;  ///< < 560, < 720, < 1100, more
  Rect top;
  Rect rail;
  bool rail_below = false;   ///< on phones the rooms are at the bottom, under the thumb
  bool rail_labels = false;  ///< label beside the icon; otherwise under it
  Rect main;
  Rect status;
};

Layout layout_of(float width_px, float height_px, float scale);

}  // namespace vignette::ui
