#pragma once
#include "wasm/ui/layout.hpp"
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// Dataset name, running work, undo and redo, palette, theme, and where the data is.
void top_bar(Ui& ui, const Layout& layout);
/// The rooms.
void rail(Ui& ui, const Layout& layout);
/// Counts, and what would be lost with the tab.
void status_line(Ui& ui, const Layout& layout);

}  // namespace vignette::ui
