#include "wasm/ui/widgets/choice.hpp"

#include "wasm/ui/fade.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"

namespace vignette::ui {

bool toggle(Ui& ui, const char* id, std::string_view label, bool on, std::string_view hint, bool disabled) {
  const Ink words{kBody, disabled ? ui.look.text3 : ui.look.text, false};
  const Ink small{kSmall, ui.look.text3, false, kLeading};
  const float track_w = ui.px(38);
  const float text_w = std::max(width_left() - track_w - ui.px(12), ui.px(40));
  const float hint_h = hint.empty() ? 0 : wrapped_height(ui, small, hint, text_w) + ui.px(2);
  const ImRect rect = take({width_left(), ui.px(28) + hint_h});
  const Area area = area_at(ui, ImGui::GetID(id), rect, {.disabled = disabled});
  Node& node = describe(ui, area, "switch", label);
  node.checked = on ? 1 : 0;
  node.description = hint;
  if (!area.visible) return area.pressed;

  const float shift = fade(ui, area.id ^ 1, on ? 1.0F : 0.0F);
  const ImVec2 center{rect.Max.x - track_w / 2, rect.Min.y + ui.px(14)};
  const ImVec2 half{track_w / 2, ui.px(11)};
  const ImU32 off_fill = mix(ui.look.bg4, ui.look.line_strong, 0.35F + 0.25F * area.glow);
  const ImU32 track = mix(off_fill, mix(ui.look.accent_fill, ui.look.accent_hover, area.glow), shift);
  ui.list().AddRectFilled(center - half, center + half, faded(track, disabled ? 0.5F : 1), half.y);
  ui.list().AddCircleFilled({center.x + (shift * 2 - 1) * ui.px(8), center.y}, ui.px(8), ui.look.on_accent);
  draw_text_in(ui, {rect.Min, {rect.Min.x + text_w, rect.Min.y + ui.px(28)}}, words, label);
  if (!hint.empty())
    draw_wrapped(ui, {{rect.Min.x, rect.Min.y + ui.px(28)}, {rect.Min.x + text_w, rect.Max.y}}, small, hint);
  focus_ring(ui, area, kRadius);
  return area.pressed;
}

int segmented(Ui& ui, const char* id, std::string_view name, std::span<const Option> options, int chosen) {
  const Ink ink{kBody, ui.look.text2, false};
  const auto count = static_cast<float>(options.size());
  float widest = 0;
  for (const Option& option : options) widest = std::max(widest, text_width(ui, ink, option.label));
  const float width = std::min((widest + ui.px(28)) * count, width_left());
  const ImRect rect = take({width, ui.px(kControl)});
  const Region region(ui, "radiogroup", name, rect);
  ImGui::PushID(id);
  ui.list().AddRectFilled(rect.Min, rect.Max, ui.look.bg2, ui.px(kRadius));
  int picked = -1;
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const float step = width / count;
    const float left = rect.Min.x + step * static_cast<float>(i);
    ImRect cell{{left, rect.Min.y}, {left + step, rect.Max.y}};
    cell.Expand(-ui.px(3));
    const Area area = area_at(ui, ImGui::GetID(i), cell);
    const bool on = i == chosen;
    Node& node = describe(ui, area, "radio", options[static_cast<std::size_t>(i)].label);
    node.checked = on ? 1 : 0;
    const float lit = fade(ui, area.id ^ 1, on ? 1.0F : 0.0F);
    const ImU32 fill = mix(faded(ui.look.bg3, area.glow), ui.look.dark ? ui.look.bg4 : ui.look.bg1, lit);
    ui.list().AddRectFilled(cell.Min, cell.Max, fill, ui.px(kRadius - 2));
    draw_text_in(ui, cell, {kBody, on ? ui.look.text : ui.look.text2, on},
                 options[static_cast<std::size_t>(i)].label, 0.5F);
    focus_ring(ui, area, kRadius - 2);
    if (area.pressed && !on) picked = i;
  }
  ImGui::PopID();
  return picked;
}

int radio_list(Ui& ui, const char* id, std::string_view name, std::span<const Option> options, int chosen) {
  ImGui::PushID(id);
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const Region region(
      ui, "radiogroup", name,
      {top, top + ImVec2(width_left(), ui.px(kControl) * static_cast<float>(options.size()))});
  int picked = -1;
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const Option& option = options[static_cast<std::size_t>(i)];
    const Ink small{kSmall, ui.look.text3, false, kLeading};
    const float text_x = ui.px(28);
    const float text_w = std::max(width_left() - text_x, ui.px(40));
    const float hint_h = wrapped_height(ui, small, option.hint, text_w);
    const ImRect rect = take({width_left(), ui.px(26) + hint_h + ui.px(2)});
    const Area area = area_at(ui, ImGui::GetID(i), rect);
    Node& node = describe(ui, area, "radio", option.label);
    node.checked = i == chosen ? 1 : 0;
    node.description = option.hint;
    if (area.pressed && i != chosen) picked = i;
    if (!area.visible) continue;
    const ImVec2 center{rect.Min.x + ui.px(10), rect.Min.y + ui.px(13)};
    const float lit = fade(ui, area.id ^ 1, i == chosen ? 1.0F : 0.0F);
    ui.list().AddCircle(center, ui.px(8),
                        mix(mix(ui.look.line_strong, ui.look.text2, area.glow), ui.look.accent, lit), 0,
                        ui.px(1.6F));
    if (lit > 0) ui.list().AddCircleFilled(center, ui.px(4.5F) * lit, ui.look.accent);
    draw_text_in(ui, {{rect.Min.x + text_x, rect.Min.y}, {rect.Max.x, rect.Min.y + ui.px(26)}},
                 {kBody, ui.look.text, false}, option.label);
    draw_wrapped(ui, {{rect.Min.x + text_x, rect.Min.y + ui.px(26)}, rect.Max}, small, option.hint);
    focus_ring(ui, area, kRadius);
  }
  ImGui::PopID();
  return picked;
}

void draw_check(Ui& ui, ImVec2 center, float size, bool on, float glow) {
  const float radius = ui.px(size) / 2;
  if (on) {
    ui.list().AddCircleFilled(center, radius, ui.look.accent_fill);
    draw_icon(ui, center, size * 0.66F, ui.look.on_accent, icon::kCheck);
  } else {
    ui.list().AddCircleFilled(center, radius, faded(ui.look.badge, 0.75F * glow));
    ui.list().AddCircle(center, radius - ui.px(1), faded(ui.look.on_badge, glow), 0, ui.px(1.5F));
  }
}

}  // namespace vignette::ui
