#pragma once
#include <imgui.h>
#include <imgui_internal.h>
#include <string_view>

#include "wasm/ui/ui.hpp"

namespace vignette::ui {

// The widget tree: what screen readers, scripts and tests see of a frame. Views describe what they draw;
// ImGui's test-engine hooks, implemented here, list the items somebody forgot to describe.

/// Adds a node for something drawn at `rect` in the current window.
Node& describe(Ui& ui, std::uint32_t id, const ImRect& rect, std::string_view role, std::string_view name);

/// A landmark or group: nodes described while it lives become its children.
class Region {
 public:
  Region(Ui& ui, std::string_view role, std::string_view name, const ImRect& rect);
  Region(Ui& ui, std::uint32_t id);  ///< children of a node that is there already
  ~Region() { ui_.parents.pop_back(); }
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

 private:
  Ui& ui_;
};

/// Switches the hooks on for this frame when views.lint is set; `finish` then fills views.unnamed.
void begin_lint(Views& views);
void finish_lint(Ui& ui);

}  // namespace vignette::ui
