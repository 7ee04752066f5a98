#pragma once
#include <span>
#include <string_view>

#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

/// A switch with its label at the left and an optional line below. True when it should change.
bool toggle(Ui& ui, const char* id, std::string_view label, bool on, std::string_view hint = {},
            bool disabled = false);

struct Option {
  const char* label;
  const char* hint = "";
};
/// One of a few, side by side. The new index, or -1 while nothing changes.
int segmented(Ui& ui, const char* id, std::string_view name, std::span<const Option> options, int chosen);
/// One of a few, below each other, each with a line that explains it.
int radio_list(Ui& ui, const char* id, std::string_view name, std::span<const Option> options, int chosen);

/// The round or square mark of a choice.
void draw_check(Ui& ui, ImVec2 center, float size, bool on, float glow = 0);

}  // namespace vignette::ui
