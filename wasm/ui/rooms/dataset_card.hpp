#pragma once
#include <imgui_internal.h>

#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// One dataset on the start page: a mosaic of its pictures, its numbers, and what can be done with it.
void dataset_card(Ui& ui, const ImRect& rect, const DatasetCard& card);
float dataset_card_height(const Ui& ui, float width);

}  // namespace vignette::ui
