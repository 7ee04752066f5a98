#pragma once
#include <imgui_internal.h>

#include "wasm/ui/ui.hpp"

namespace vignette::ui {

// The parts of the Export room, all in ImGui's layout.

/// The format and its options.
void export_options(Ui& ui);
/// What stands in the way, or is worth knowing.
void export_problems(Ui& ui, const ExportPlan& plan);
/// The files as they will lie in the archive; scrolls on its own, this high.
void export_preview(Ui& ui, const ExportPlan& plan, float height);

}  // namespace vignette::ui
