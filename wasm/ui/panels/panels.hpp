#pragma once
#include <imgui_internal.h>

#include "wasm/ui/layout.hpp"
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

// What can lie beside or above a room.

/// How wide the history is beside this room; on narrow windows it takes the room's place.
float history_width(const Ui& ui, const Layout& layout);
/// The steps that can be undone, and the texts the shown picture's caption had.
void history_panel(Ui& ui, const ImRect& rect);

/// Tells what stands between the person and a safe dataset, with the way out. Returns its height; 0 when all
/// is well.
float banner(Ui& ui, const Rect& main);

}  // namespace vignette::ui
