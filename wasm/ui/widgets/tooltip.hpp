#pragma once
#include <string_view>

#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

/// Shows `text` beside the area once the pointer or the keyboard has rested on it for 400 ms.
void tooltip(Ui& ui, const Area& area, std::string_view text, std::string_view keys = {});

/// At the end of a frame: what was left loses its claim.
void finish_tooltips(Ui& ui);

/// A chord as people read it: "Ctrl+ArrowRight" → "Ctrl+→"; of several only the first.
std::string readable_keys(std::string_view keys);

}  // namespace vignette::ui
