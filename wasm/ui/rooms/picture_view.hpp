#pragma once
#include <imgui_internal.h>

#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// One picture in `rect`, fitted or zoomed: the wheel zooms at the pointer, dragging pans, a double click and
/// Z switch between whole and 100 %, + and - zoom. At 100 % one picture pixel is one pixel of the screen.
void picture_view(Ui& ui, const ImRect& rect, const Item& item);

/// Buttons for the same, in ImGui's row.
void zoom_buttons(Ui& ui, const Item& item);

/// CSS pixels per picture pixel as it is shown now.
float shown_scale(const Views& views, const Item& item);

}  // namespace vignette::ui
