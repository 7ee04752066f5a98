#pragma once
#include <imgui_internal.h>

#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// Every text this item's caption had, newest first, each with its author and a way to bring it back.
void caption_texts(Ui& ui, const ImRect& rect, const Item& item);

}  // namespace vignette::ui
