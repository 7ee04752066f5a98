#include "wasm/ui/widgets/area.hpp"

#include "wasm/ui/fade.hpp"

namespace vignette::ui {

Area area_at(Ui& ui, ImGuiID id, const ImRect& rect, const AreaWish& wish) {
  Area area;
  area.id = id;
  area.rect = rect;
  area.disabled = wish.disabled;
  ImGuiItemFlags flags = ImGuiItemFlags_None;
  if (wish.disabled) flags |= ImGuiItemFlags_Disabled;
  if (!wish.tab_stop) flags |= ImGuiItemFlags_NoTabStop;
  area.visible = ImGui::ItemAdd(rect, id, nullptr, flags);
  if (!area.visible) return area;
  area.pressed = ImGui::ButtonBehavior(rect, id, &area.hovered, &area.held, wish.flags);
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  area.focused = g.NavId == id && g.NavCursorVisible;
  if (wish.disabled) {
    area.pressed = area.hovered = area.held = false;
  } else if (g.HoveredId == id) {
    ImGui::SetMouseCursor(wish.cursor);
  }
  area.glow = fade(ui, id, area.hovered ? 1.0F : 0.0F);
  return area;
}

ImRect take(ImVec2 size) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::ItemSize(size);
  return {at, at + size};
}

float width_left() { return ImGui::GetContentRegionAvail().x; }

Node& describe(Ui& ui, const Area& area, std::string_view role, std::string_view name) {
  Node& node = describe(ui, area.id, area.rect, role, name);
  node.disabled = area.disabled;
  node.focused = area.focused;
  return node;
}

void focus_ring(Ui& ui, const Area& area, float radius) {
  if (!area.focused) return;
  ImRect ring = area.rect;
  ring.Expand(ui.px(2.5F));
  // The ring may stick out of the widget, but not out of what can be seen.
  ring.ClipWith(ImGui::GetCurrentWindow()->ClipRect);
  ring.Expand(-ui.px(1));
  ui.list().AddRect(ring.Min, ring.Max, ui.look.focus, ui.px(radius + 2), 0, ui.px(2));
}

void shadow(Ui& ui, const ImRect& rect, float radius) {
  for (int i = 1; i <= 4; ++i) {
    ImRect layer = rect;
    layer.Expand(ui.px(static_cast<float>(i) * 3 - 1));
    layer.Translate({0, ui.px(4)});
    ui.list().AddRectFilled(layer.Min, layer.Max, faded(ui.look.shadow, 0.45F),
                            ui.px(radius) + ui.px(static_cast<float>(i) * 3));
  }
}

}  // namespace vignette::ui
