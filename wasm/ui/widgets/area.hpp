#pragma once
#include <imgui_internal.h>

#include "wasm/ui/tree.hpp"
#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// A place that can be pressed, by mouse, keyboard or the widget tree. Every interactive widget is one plus
/// its drawing.
struct Area {
  ImGuiID id = 0;
  ImRect rect;
  bool pressed = false;
  bool hovered = false;
  bool held = false;
  bool focused = false;  ///< the keyboard is here, and shows
  bool disabled = false;
  bool visible = false;  ///< false: clipped, nothing to draw
  float glow = 0;        ///< 0…1: the hover fade
};

struct AreaWish {
  bool disabled = false;
  bool tab_stop = true;
  ImGuiButtonFlags flags = 0;
  ImGuiMouseCursor cursor = ImGuiMouseCursor_Hand;
};

Area area_at(Ui& ui, ImGuiID id, const ImRect& rect, const AreaWish& wish = {});

/// Takes a rectangle of this size from ImGui's layout, at its cursor.
ImRect take(ImVec2 size);
/// Width that is left in the row.
float width_left();

/// Adds the area's node; a disabled or focused area says so.
Node& describe(Ui& ui, const Area& area, std::string_view role, std::string_view name);

/// The ring around what the keyboard is at: 2 px, with a gap, in the focus colour.
void focus_ring(Ui& ui, const Area& area, float radius);
/// A soft shadow under something that floats.
void shadow(Ui& ui, const ImRect& rect, float radius);

}  // namespace vignette::ui
