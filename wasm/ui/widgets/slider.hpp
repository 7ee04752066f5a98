#pragma once
#include <optional>
#include <string>

#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

struct SliderRange {
  float min = 0, max = 1, step = 1;
};

/// A slider of this width; `shown` is what its value reads as ("168 px"), told to screen readers and, if
/// `with_value`, drawn at its right. The new value while it changes. Arrow keys move it by a step while it
/// has the focus.
std::optional<float> slider(Ui& ui, const char* id, std::string_view label, float value,
                            const SliderRange& range, const std::string& shown, float width, bool with_value);

}  // namespace vignette::ui
