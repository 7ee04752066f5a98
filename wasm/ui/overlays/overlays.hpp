#pragma once
#include "wasm/ui/layout.hpp"
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// Every command, found by typing.
void palette(Ui& ui);
/// The dialog the session asks for, if any.
void key_sheet(Ui& ui);
void about(Ui& ui);
void rejections(Ui& ui);
void confirm_remove(Ui& ui);
void confirm_new(Ui& ui);
void new_dataset(Ui& ui);
void rename_dataset(Ui& ui);
/// Short messages, bottom right, part of the main window so that the keyboard reaches them.
void toasts(Ui& ui, const Layout& layout);
/// Shown while files hover over the window.
void drop_target(Ui& ui);

}  // namespace vignette::ui
