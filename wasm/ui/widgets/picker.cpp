#include "wasm/ui/widgets/picker.hpp"

#include <algorithm>

#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/region.hpp"

namespace vignette::ui {
namespace {

constexpr float kRow = 30;
constexpr float kRowWithHint = 46;
constexpr float kMostHeight = 260;

float height_of(const PickRow& row) { return row.hint.empty() ? kRow : kRowWithHint; }

bool row_of(Ui& ui, int index, const PickRow& row, bool on) {
  const ImRect rect = take({width_left(), ui.px(height_of(row))});
  const Area area = area_at(ui, ImGui::GetID(index), rect);
  Node& node = describe(ui, area, "option", row.label);
  node.selected = on;
  node.description = row.hint;
  if (!area.visible) return area.pressed;
  const ImU32 fill = on ? ui.look.selected : faded(ui.look.bg3, area.glow);
  ui.list().AddRectFilled(rect.Min, rect.Max, fill, ui.px(kRadius - 2));
  const float left = rect.Min.x + ui.px(10);
  draw_text_in(ui, {{left, rect.Min.y}, {rect.Max.x - ui.px(6), rect.Min.y + ui.px(kRow)}},
               {kBody, ui.look.text, on}, row.label);
  if (!row.hint.empty()) {
    draw_text_in(ui, {{left, rect.Min.y + ui.px(24)}, {rect.Max.x - ui.px(6), rect.Max.y - ui.px(4)}},
                 {kSmall, row.warns ? ui.look.warn : ui.look.text3, false}, row.hint);
  }
  focus_ring(ui, area, kRadius - 2);
  return area.pressed;
}

int list_of(Ui& ui, const char* id, std::string_view name, const std::vector<PickRow>& rows, int chosen) {
  const float between = ImGui::GetStyle().ItemSpacing.y;
  float height = ui.px(10);
  for (const PickRow& row : rows) height += ui.px(height_of(row)) + between;
  const ImRect rect = take({width_left(), std::min(height, ui.px(kMostHeight))});
  ui.list().AddRect(rect.Min, rect.Max, ui.look.line_strong, ui.px(kRadius));
  const Panel panel(id, rect, {.pad = ui.px(4), .fill = ui.look.bg2});
  const Region region(ui, "listbox", name, rect);
  int picked = -1;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    if (row_of(ui, i, rows[static_cast<std::size_t>(i)], i == chosen)) picked = i;
  }
  return picked;
}

}  // namespace

int picker(Ui& ui, const char* id, std::string_view name, const std::vector<PickRow>& rows, int chosen,
           std::string_view empty) {
  const bool open = ui.views.open_picker == id;
  const bool known = chosen >= 0 && chosen < static_cast<int>(rows.size());
  const std::string shown = known ? rows[static_cast<std::size_t>(chosen)].label : std::string(empty);
  const ImRect rect = take({width_left(), ui.px(kControl)});
  const Area area = area_at(ui, ImGui::GetID(id), rect, {.disabled = rows.empty()});
  Node& node = describe(ui, area, "combobox", name);
  node.value = shown;
  node.expanded = open ? 1 : 0;
  if (area.visible) {
    ui.list().AddRectFilled(rect.Min, rect.Max, mix(ui.look.bg2, ui.look.bg3, area.glow), ui.px(kRadius));
    ui.list().AddRect(rect.Min, rect.Max, ui.look.line_strong, ui.px(kRadius));
    draw_text_in(ui, {{rect.Min.x + ui.px(10), rect.Min.y}, {rect.Max.x - ui.px(30), rect.Max.y}},
                 {kBody, known ? ui.look.text : ui.look.text3, false}, shown);
    draw_icon(ui, {rect.Max.x - ui.px(17), rect.GetCenter().y}, 16, ui.look.text2, icon::kChevronDown);
    focus_ring(ui, area, kRadius);
  }
  if (area.pressed) ui.views.open_picker = open ? "" : id;
  if (!open || rows.empty()) return -1;
  const std::string list_id = std::string(id) + " list";
  const int picked = list_of(ui, list_id.c_str(), name, rows, chosen);
  if (picked >= 0) ui.views.open_picker.clear();
  return picked == chosen ? -1 : picked;
}

}  // namespace vignette::ui
