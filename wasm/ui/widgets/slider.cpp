#include "wasm/ui/widgets/slider.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/tooltip.hpp"

namespace vignette::ui {
namespace {

/// Left and right belong to the slider while the keyboard is on it; ImGui would walk on to the next widget.
float keyed_steps(const Area& area) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  if (!area.focused) return 0;
  const bool sideways = g.NavMoveDir == ImGuiDir_Left || g.NavMoveDir == ImGuiDir_Right;
  if (g.NavMoveScoringItems && sideways) ImGui::NavMoveRequestCancel();
  float steps = 0;
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) steps -= 1;
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) steps += 1;
  return steps;
}

}  // namespace

std::optional<float> slider(Ui& ui, const char* id, std::string_view label, float value,
                            const SliderRange& range, const std::string& shown, float width,
                            bool with_value) {
  const float value_w = with_value ? ui.px(64) : 0;
  const ImRect rect = take({std::min(width, width_left()), ui.px(kControl)});
  const Area area = area_at(ui, ImGui::GetID(id), rect);
  const float radius = ui.px(7);
  const float left = rect.Min.x + radius;
  const float right = rect.Max.x - radius - value_w;

  float wanted = value;
  if (area.held && ImGui::GetCurrentContext()->ActiveIdSource == ImGuiInputSource_Mouse) {
    const float t = std::clamp((ImGui::GetIO().MousePos.x - left) / std::max(right - left, 1.0F), 0.0F, 1.0F);
    wanted = range.min + t * (range.max - range.min);
  }
  if (const float steps = keyed_steps(area); steps != 0) wanted = value + steps * range.step;
  if (const auto asked = ui.views.wanted_values.find(area.id); asked != ui.views.wanted_values.end()) {
    wanted = asked->second;
    ui.views.wanted_values.erase(asked);
  }
  wanted = std::clamp(range.min + std::round((wanted - range.min) / range.step) * range.step, range.min,
                      range.max);

  Node& node = describe(ui, area, "slider", label);
  node.value = shown;
  node.min = range.min;
  node.max = range.max;
  node.now = value;
  if (area.visible) {
    const float t = std::clamp((value - range.min) / (range.max - range.min), 0.0F, 1.0F);
    const float y = rect.GetCenter().y;
    const float x = left + t * (right - left);
    ui.list().AddRectFilled({left, y - ui.px(2)}, {right, y + ui.px(2)}, ui.look.bg4, ui.px(2));
    ui.list().AddRectFilled({left, y - ui.px(2)}, {x, y + ui.px(2)}, ui.look.accent, ui.px(2));
    ui.list().AddCircleFilled({x, y}, radius + ui.px(area.held ? 1.5F : area.glow),
                              ui.look.dark ? ui.look.text : ui.look.accent_fill);
    if (with_value)
      draw_text_in(ui, {{rect.Max.x - value_w, rect.Min.y}, rect.Max}, {kBody, ui.look.text2, false}, shown,
                   1);
    focus_ring(ui, area, kRadius);
    tooltip(ui, area, label);
  }
  if (std::abs(wanted - value) < range.step / 2) return std::nullopt;
  return wanted;
}

}  // namespace vignette::ui
