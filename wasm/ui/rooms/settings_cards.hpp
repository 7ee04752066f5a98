#pragma once
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

// Parts of the Settings room with a file of their own.

/// What takes how much, project files, the folder with captions.
void storage_card(Ui& ui);

}  // namespace vignette::ui
