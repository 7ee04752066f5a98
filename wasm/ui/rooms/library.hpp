#pragma once
#include <imgui_internal.h>

#include "wasm/ui/grid_layout.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

// The parts of the Library room.

/// All pictures, scrolling in `rect`.
void grid(Ui& ui, const ImRect& rect);
/// What one sees before there are pictures.
void empty_library(Ui& ui, const ImRect& rect);
/// One picture large, with what is known about it.
void single_view(Ui& ui, const ImRect& rect, const Layout& layout);
/// Name, sizes, origin and captions of an item.
void info_panel(Ui& ui, const ImRect& rect, const Item& item);

/// A cell of the grid as it is this frame.
struct Cell {
  const Item* item = nullptr;
  ImRect rect;     ///< on screen, picture and label
  ImRect picture;  ///< the square for the picture
  bool selected = false;
  bool hovered = false;
  bool focused = false;  ///< the keyboard is here
  std::optional<TextureRect> thumbnail;
};
/// Drawn in three passes over all cells, so that pictures of one texture page become one draw call.
void draw_cell_back(Ui& ui, const Cell& cell);
void draw_cell_picture(Ui& ui, const Cell& cell);
void draw_cell_front(Ui& ui, const Cell& cell);
/// Height under the picture for tiles of this size: name, and the caption's first line when there is room.
float cell_label_height(const Ui& ui, float tile_px);

}  // namespace vignette::ui
