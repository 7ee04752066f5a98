#pragma once
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// A value that goes to `target` in `ms` and keeps frames coming while it moves. The first time it is at the
/// target; with reduced motion it always is. One per id; eased by the caller if at all.
float fade(Ui& ui, std::uint32_t id, float target, float ms = 120);

/// 0…1 that comes and goes while time passes, for placeholders. 0.5 with reduced motion.
float pulse(Ui& ui);

}  // namespace vignette::ui
