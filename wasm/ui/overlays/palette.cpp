#include <algorithm>

#include "wasm/app/commands.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/text_field.hpp"
#include "wasm/ui/widgets/tooltip.hpp"

namespace vignette::ui {
namespace {

constexpr float kRow = 38;

const std::string& typed(const Ui& ui) {
  static const std::string kNothing;
  const auto known = ui.state.session.fields.find("palette");
  return typed_text(ui, "palette", "", known == ui.state.session.fields.end() ? kNothing : known->second);
}

void draw_row(Ui& ui, const ImRect& rect, const CommandInfo& command, bool marked, int index, int count) {
  const std::string title = title_now(ui.state, command);
  const Area area = area_at(ui, ImGui::GetID(command.id.data(), command.id.data() + command.id.size()), rect);
  Node& node = describe(ui, area, "option", title);
  node.selected = marked;
  node.description = readable_keys(command.keys);
  node.position = index + 1;
  node.set_size = count;
  if (area.pressed) ui.run(command.id);
  if (!area.visible) return;
  const ImU32 fill = marked ? ui.look.selected : faded(ui.look.bg3, area.glow);
  if ((fill >> 24) != 0) ui.list().AddRectFilled(rect.Min, rect.Max, fill, ui.px(kRadius));
  const std::string keys = readable_keys(command.keys);
  const Ink quiet{kSmall, ui.look.text3, false};
  const float keys_w = keys.empty() ? 0 : text_width(ui, quiet, keys) + ui.px(8);
  draw_text_in(ui, {{rect.Min.x + ui.px(12), rect.Min.y}, {rect.Max.x - ui.px(14) - keys_w, rect.Max.y}},
               {kBody, ui.look.text, false}, title);
  draw_text_in(ui, {{rect.Max.x - ui.px(12) - keys_w, rect.Min.y}, {rect.Max.x - ui.px(12), rect.Max.y}},
               {kSmall, marked ? ui.look.text2 : ui.look.text3, false}, keys, 1);
  focus_ring(ui, area, kRadius);
}

void rows(Ui& ui, const ImRect& rect, const std::vector<const CommandInfo*>& found) {
  const Panel panel("rows", rect, {});
  const Region region(ui, "listbox", "Commands", rect);
  if (found.empty()) {
    ImGui::Dummy({0, ui.px(6)});
    ImGui::Indent(ui.px(12));
    hint(ui, "No command has these words.");
    return;
  }
  const int marked = ui.state.session.palette_row;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float pitch = ui.px(kRow);
  if (ui.views.palette_row_shown != marked) {  // keep the marked row in view
    ui.views.palette_row_shown = marked;
    const float top = static_cast<float>(marked) * pitch;
    if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
    if (top + pitch > ImGui::GetScrollY() + rect.GetHeight())
      ImGui::SetScrollY(top + pitch - rect.GetHeight());
    ui.out.animating = true;
  }
  const int count = static_cast<int>(found.size());
  for (int i = 0; i < count; ++i) {
    const ImVec2 at = origin + ImVec2(0, static_cast<float>(i) * pitch);
    draw_row(ui, {at, at + ImVec2(rect.GetWidth() - ui.px(10), pitch - ui.px(2))},
             *found[static_cast<std::size_t>(i)], i == marked, i, count);
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({1, static_cast<float>(count) * pitch});
}

}  // namespace

void palette(Ui& ui) {
  const bool just_opened = ui.views.open_overlay != kPaletteOverlay;
  if (just_opened) ui.views.palette_row_shown = -1;
  const bool left = scrim(ui, "palette scrim") || ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  if (left && !just_opened) ui.run("view.back");
  const std::vector<const CommandInfo*> found = palette_rows(ui.state, typed(ui));
  // While the DOM field has the keyboard, the web layer sees Enter; here only when the keyboard is on a row
  // or nowhere.
  const int marked = ui.state.session.palette_row;
  const bool enter = ImGui::IsKeyPressed(ImGuiKey_Enter, false) && ui.state.session.draft.field.empty() &&
                     ImGui::GetCurrentContext()->NavId == 0;
  if (enter && marked < static_cast<int>(found.size()))
    ui.run(found[static_cast<std::size_t>(std::max(marked, 0))]->id);

  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(ui.px(580), screen.x - ui.px(16));
  const float field = ui.px(48);
  const float top = std::min(ui.px(72), screen.y * 0.1F);
  const float most = std::min(ui.px(kRow * 10), screen.y - top - field - ui.px(40));
  const float list = std::clamp(ui.px(kRow) * static_cast<float>(found.size()), ui.px(kRow), most);
  const ImVec2 at{(screen.x - width) / 2, top};
  const ImRect rect{at, at + ImVec2(width, field + list + ui.px(14))};
  ImRect window = rect;
  window.Expand(ui.px(20));
  const Overlay overlay("palette", window, 0, just_opened);
  shadow(ui, rect, kRadiusCard);
  ui.list().AddRectFilled(rect.Min, rect.Max, ui.look.bg1, ui.px(kRadiusCard));
  if (ui.look.dark) ui.list().AddRect(rect.Min, rect.Max, ui.look.line, ui.px(kRadiusCard));
  const ImGuiID id = ImGui::GetID("dialog");
  describe(ui, id, rect, "dialog", "All commands");
  const Region region(ui, id);
  ImRect entry{rect.Min, {rect.Max.x, rect.Min.y + field}};
  entry.Expand(-ui.px(7));
  text_field_at(ui, entry,
                {.field = "palette",
                 .label = "Find a command",
                 .text = typed(ui),
                 .placeholder = "Type what you want to do",
                 .icon = icon::kSearch});
  rows(ui,
       {{rect.Min.x + ui.px(7), rect.Min.y + field + ui.px(2)},
        {rect.Max.x - ui.px(2), rect.Max.y - ui.px(8)}},
       found);
}

}  // namespace vignette::ui
