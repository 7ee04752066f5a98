#include "wasm/ui/widgets/text_field.hpp"

#include "wasm/ui/fade.hpp"
#include "wasm/ui/text.hpp"

namespace vignette::ui {
namespace {

bool is_open(const Ui& ui, std::string_view field, const ItemId& item) {
  const Draft& draft = ui.state.session.draft;
  return draft.field == field && draft.item == item;
}

/// Tab walks into a field as it does on any page; arrows only rest on it.
bool tabbed_into(ImGuiID id) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  return g.NavJustMovedToId == id && g.NavJustMovedToIsTabbing;
}

Rect to_rect(const ImRect& r) { return {r.Min.x, r.Min.y, r.GetWidth(), r.GetHeight()}; }

}  // namespace

const std::string& typed_text(const Ui& ui, std::string_view field, const ItemId& item,
                              const std::string& otherwise) {
  return is_open(ui, field, item) ? ui.state.session.draft.text : otherwise;
}

void text_field_at(Ui& ui, const ImRect& rect, const TextFieldLook& look) {
  ImGui::PushID(look.field.data(), look.field.data() + look.field.size());
  const Area area = area_at(ui, ImGui::GetID("field"), rect, {.cursor = ImGuiMouseCursor_TextInput});
  ImGui::PopID();
  const bool open = is_open(ui, look.field, look.item);
  if (!open && (area.pressed || tabbed_into(area.id)))
    ui.emit(FieldEntered{std::string(look.field), look.item});
  // A field opened by a command takes ImGui's focus along, so that Tab goes on from here.
  if (open && ImGui::GetCurrentContext()->NavId != area.id)
    ImGui::SetFocusID(area.id, ImGui::GetCurrentWindow());

  ImRect inside = rect;
  inside.Expand({-ui.px(11), look.multiline ? -ui.px(9) : 0.0F});
  if (look.icon) inside.Min.x += ui.px(22);

  Node& node = describe(ui, area, "textbox", look.label);
  node.value = look.text;
  node.focused = node.focused || open;

  FieldSlot slot;
  slot.field = look.field;
  slot.item = look.item;
  slot.text = look.text;
  slot.label = look.label;
  slot.placeholder = look.placeholder;
  slot.rect = to_rect(inside);
  slot.clip = to_rect(ImGui::GetCurrentWindow()->ClipRect);
  slot.font_px = ui.px(kBody);
  slot.multiline = look.multiline;
  ui.out.fields.push_back(std::move(slot));
  if (!area.visible) return;

  const float lit = fade(ui, area.id ^ 1, open ? 1.0F : 0.0F);
  ui.list().AddRectFilled(rect.Min, rect.Max, mix(ui.look.bg2, ui.look.bg1, lit), ui.px(kRadius));
  const ImU32 border =
      mix(mix(faded(ui.look.line_strong, 0.75F), ui.look.line_strong, area.glow), ui.look.focus, lit);
  ui.list().AddRect(rect.Min, rect.Max, border, ui.px(kRadius), 0, ui.px(1 + lit));
  if (look.icon) draw_icon(ui, {rect.Min.x + ui.px(19), rect.GetCenter().y}, 16, ui.look.text3, look.icon);
  focus_ring(ui, area, kRadius);
  if (open) return;  // the DOM field draws the text

  const bool empty = look.text.empty();
  const Ink ink{kBody, empty ? ui.look.text3 : ui.look.text, false};
  const std::string_view shown = empty ? look.placeholder : look.text;
  if (look.multiline) {
    draw_wrapped(ui, inside, ink, shown);
  } else {
    draw_text_in(ui, inside, ink, shown);
  }
}

void text_field(Ui& ui, const TextFieldLook& look) {
  const float width = look.width > 0 ? std::min(look.width, width_left()) : width_left();
  text_field_at(ui, take({width, look.height > 0 ? look.height : ui.px(kControl)}), look);
}

}  // namespace vignette::ui
