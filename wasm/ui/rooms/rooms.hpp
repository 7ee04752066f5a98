#pragma once
#include "wasm/ui/layout.hpp"
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

// Each room fills `layout.main`, already a panel with the "main" landmark around it.
void library_room(Ui& ui, const Layout& layout);
void caption_room(Ui& ui, const Layout& layout);
void export_room(Ui& ui, const Layout& layout);
void settings_room(Ui& ui, const Layout& layout);
void datasets_room(Ui& ui, const Layout& layout);
void ledger_room(Ui& ui, const Layout& layout);

}  // namespace vignette::ui
