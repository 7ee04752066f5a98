#pragma once
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// Who wrote the caption, as a small badge in ImGui's row.
void author_badge(Ui& ui, const Caption& caption);

}  // namespace vignette::ui
