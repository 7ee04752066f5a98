#include <algorithm>

#include "wasm/app/commands.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/panels/caption_texts.hpp"
#include "wasm/ui/panels/panels.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

constexpr float kRow = 44;

/// A step that is still to come is dimmed; the one where the dataset stands is marked.
void step_row(Ui& ui, const ImRect& rect, std::size_t position) {
  const History& history = ui.state.history;
  const Moment& moment = history.at(position);
  const bool here = position == history.cursor();
  const bool undone = position > history.cursor();
  const std::string label = position == 0 ? "Before all steps" : moment.info.label;
  const std::string time = when(moment.info.time, ui.state.now);
  const Area area = area_at(ui, ImGui::GetID(static_cast<int>(moment.info.id)), rect, {.tab_stop = here});
  Node& node = describe(ui, area, "option", label);
  node.selected = here;
  node.description = here     ? "You are here"
                     : undone ? "Undone; press to go forward to it"
                              : "Press to go back to it";
  node.value = time;
  node.position = static_cast<int>(history.size() - position);
  node.set_size = static_cast<int>(history.size());
  if (area.pressed && !here) ui.run("history.go", R"({"id":)" + std::to_string(moment.info.id) + "}");
  if (!area.visible) return;
  const ImU32 fill = here ? ui.look.selected : faded(ui.look.bg3, area.glow);
  if ((fill >> 24) != 0) ui.list().AddRectFilled(rect.Min, rect.Max, fill, ui.px(kRadius));
  const ImU32 ink = undone ? ui.look.text3 : ui.look.text;
  draw_icon(ui, {rect.Min.x + ui.px(17), rect.GetCenter().y}, 15, here ? ui.look.accent : ui.look.text3,
            here     ? icon::kCircleCheck
            : undone ? icon::kRedo2
                     : icon::kCircle);
  const float left = rect.Min.x + ui.px(34);
  const float right = rect.Max.x - ui.px(8);
  const float middle = rect.GetCenter().y;
  if (time.empty()) {
    draw_text_in(ui, {{left, rect.Min.y}, {right, rect.Max.y}}, {kBody, ink, here}, label);
  } else {
    draw_text_in(ui, {{left, rect.Min.y + ui.px(3)}, {right, middle + ui.px(2)}}, {kBody, ink, here}, label);
    draw_text_in(ui, {{left, middle + ui.px(1)}, {right, rect.Max.y - ui.px(3)}},
                 {kSmall, ui.look.text3, false}, time);
  }
  focus_ring(ui, area, kRadius);
}

/// Newest first; only what can be seen is drawn.
void steps(Ui& ui, const ImRect& rect) {
  const Panel panel("steps", rect, {});
  const Region list(ui, "listbox", "Steps", rect);
  const auto count = static_cast<int>(ui.state.history.size());
  const float pitch = ui.px(kRow);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float scroll = ImGui::GetScrollY();
  const int first = std::clamp(static_cast<int>(scroll / pitch), 0, count);
  const int last = std::clamp(static_cast<int>((scroll + rect.GetHeight()) / pitch) + 1, first, count);
  for (int i = first; i < last; ++i) {
    const ImVec2 at = origin + ImVec2(0, static_cast<float>(i) * pitch);
    step_row(ui, {at, at + ImVec2(width_left() - ui.px(4), pitch - ui.px(2))},
             static_cast<std::size_t>(count - 1 - i));
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({1, static_cast<float>(count) * pitch});
}

}  // namespace

float history_width(const Ui& ui, const Layout& layout) {
  const float room = layout.main.w / ui.scale;
  return room < 620 ? layout.main.w : ui.px(std::clamp(room * 0.3F, 260.0F, 360.0F));
}

void history_panel(Ui& ui, const ImRect& rect) {
  const Panel panel("history", rect, {.fill = ui.look.bg1, .scrolls = false});
  const Region region(ui, "complementary", "History", rect);
  ui.list().AddLine(rect.Min, {rect.Min.x, rect.Max.y}, ui.look.line);
  const float pad = ui.px(12);
  const float side = ui.px(kControl);
  const ImRect title{rect.Min + ImVec2(pad, ui.px(8)),
                     {rect.Max.x - side - pad, rect.Min.y + ui.px(8) + side}};
  Node& node = describe(ui, ImGui::GetID("title"), title, "heading", "History");
  node.level = 2;
  draw_text_in(ui, title, {kTitle, ui.look.text, true}, "History");
  const ImVec2 close{rect.Max.x - side - ui.px(8), title.Min.y};
  if (icon_button_at(ui, {close, close + ImVec2(side, side)}, "close history", "Close the history",
                     {.kind = ButtonLook::Kind::Quiet, .icon = icon::kX, .keys = "Ctrl+H"}))
    ui.run("history.toggle");

  const float top = title.Max.y + ui.px(6);
  const Item* item = ui.state.document().find(ui.state.session.selection.focus);
  const float middle = item ? top + (rect.Max.y - top) * 0.5F : rect.Max.y - ui.px(6);
  steps(ui, {{rect.Min.x + ui.px(8), top}, {rect.Max.x - ui.px(4), middle}});
  if (!item) return;
  ui.list().AddLine({rect.Min.x, middle}, {rect.Max.x, middle}, ui.look.line);
  caption_texts(ui, {{rect.Min.x + 1, middle + 1}, rect.Max}, *item);
}

}  // namespace vignette::ui
