#pragma once
#include <imgui_internal.h>

#include "wasm/ui/ui.hpp"

namespace vignette::ui {

// The parts of the Caption room.

/// All pictures in a row or a column; the shown one is marked. `names` beside the thumbnails of a column.
void film_strip(Ui& ui, const ImRect& rect, bool sideways, bool names);
/// The caption of the shown picture, and the way to the next.
void caption_panel(Ui& ui, const ImRect& rect, const Item& item, int position);
/// The same words before or after many captions.
void affix_card(Ui& ui);

}  // namespace vignette::ui
