#include "wasm/ui/widgets/button.hpp"

#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/tooltip.hpp"

namespace vignette::ui {
namespace {

constexpr float kIcon = 17;
constexpr float kSide = 13;  // between the edge and what is in it

struct Paint {
  ImU32 fill, ink;
};

Paint paint_of(const Ui& ui, const Area& area, const ButtonLook& look) {
  const Look& c = ui.look;
  using Kind = ButtonLook::Kind;
  const float press = area.held && area.hovered ? 1.0F : 0.0F;
  switch (look.kind) {
    case Kind::Primary: return {mix(c.accent_fill, c.accent_hover, std::max(area.glow, press)), c.on_accent};
    case Kind::Danger: return {mix(c.bg2, c.bg3, area.glow), c.error};
    case Kind::Quiet: {
      if (look.pressed_in) return {mix(c.selected, c.bg4, area.glow * 0.3F), c.dark ? c.text : c.accent};
      return {mix(faded(c.bg3, area.glow), c.bg4, press), mix(c.text2, c.text, area.glow)};
    }
    case Kind::Soft: break;
  }
  if (look.pressed_in) return {c.selected, c.text};
  return {mix(mix(c.bg2, c.bg3, area.glow), c.bg4, press), c.text};
}

Area draw_button(Ui& ui, const ImRect& rect, ImGuiID id, std::string_view label, const ButtonLook& look,
                 bool show_label) {
  const Area area = area_at(ui, id, rect, {.disabled = look.disabled});
  if (!area.visible) return area;
  Paint paint = paint_of(ui, area, look);
  if (look.disabled) {
    const bool filled = look.kind != ButtonLook::Kind::Quiet;
    paint = {filled ? ui.look.bg2 : 0, faded(ui.look.text3, 0.6F)};
  }
  if ((paint.fill >> 24) != 0) ui.list().AddRectFilled(rect.Min, rect.Max, paint.fill, ui.px(kRadius));
  if (!show_label) {
    draw_icon(ui, rect.GetCenter(), kIcon + 1, paint.ink, look.icon);
    focus_ring(ui, area, kRadius);
    return area;
  }
  const Ink ink{kBody, paint.ink, look.kind == ButtonLook::Kind::Primary};
  const float icon_w = look.icon ? ui.px(kIcon + 7) : 0;
  const float text_w = std::min(text_width(ui, ink, label) + 1, rect.GetWidth() - icon_w - ui.px(8));
  float x = look.shows_keys ? rect.Min.x + ui.px(kSide) : rect.GetCenter().x - (text_w + icon_w) / 2;
  if (look.icon) draw_icon(ui, {x + ui.px(kIcon / 2), rect.GetCenter().y}, kIcon, paint.ink, look.icon);
  x += icon_w;
  draw_text_in(ui, {{x, rect.Min.y}, {x + text_w + 1, rect.Max.y}}, ink, label);
  if (look.shows_keys) {
    const ImRect keys{{x + text_w, rect.Min.y}, {rect.Max.x - ui.px(kSide), rect.Max.y}};
    draw_text_in(ui, keys, {kSmall, ui.look.text3, false}, readable_keys(look.keys), 1);
  }
  focus_ring(ui, area, kRadius);
  return area;
}

void tell(Ui& ui, const Area& area, std::string_view name, const ButtonLook& look) {
  Node& node = describe(ui, area, "button", name);
  node.description = readable_keys(look.keys);
  if (look.disabled && !look.tip.empty()) node.description = look.tip;
}

/// A disabled button cannot be hovered, yet its reason must be readable.
Area hoverable(const Area& area) {
  Area resting = area;
  if (area.disabled && area.visible)
    resting.hovered = ImGui::IsMouseHoveringRect(area.rect.Min, area.rect.Max) && ImGui::IsWindowHovered();
  return resting;
}

}  // namespace

float button_width(const Ui& ui, std::string_view label, bool with_icon) {
  const Ink ink{kBody, 0, true};
  return text_width(ui, ink, label) + ui.px(kSide * 2 + (with_icon ? kIcon + 7 : 0));
}

bool button_at(Ui& ui, const ImRect& rect, const char* id, std::string_view label, const ButtonLook& look) {
  const Area area = draw_button(ui, rect, ImGui::GetID(id), label, look, true);
  tell(ui, area, label, look);
  tooltip(ui, hoverable(area), look.tip, look.keys);
  return area.pressed;
}

bool button(Ui& ui, const char* id, std::string_view label, const ButtonLook& look) {
  float width = look.width > 0   ? look.width
                : look.width < 0 ? width_left()
                                 : button_width(ui, label, look.icon != nullptr);
  width = std::min(width, std::max(width_left(), ui.px(kControl)));
  return button_at(ui, take({width, ui.px(kControl)}), id, label, look);
}

bool icon_button_at(Ui& ui, const ImRect& rect, const char* id, std::string_view name,
                    const ButtonLook& look) {
  const Area area = draw_button(ui, rect, ImGui::GetID(id), name, look, false);
  tell(ui, area, name, look);
  tooltip(ui, hoverable(area), look.tip.empty() ? name : look.tip, look.keys);
  return area.pressed;
}

bool icon_button(Ui& ui, const char* id, std::string_view name, const ButtonLook& look) {
  return icon_button_at(ui, take({ui.px(kControl), ui.px(kControl)}), id, name, look);
}

}  // namespace vignette::ui
