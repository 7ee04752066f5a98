#include <array>
#include <vector>

#include "wasm/app/commands.hpp"
#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/tooltip.hpp"

namespace vignette::ui {
namespace {

struct KeyRow {
  std::string_view keys;
  std::string_view title;
};

// What views handle by themselves; commands() knows the others.
constexpr std::array kInViews = {
    KeyRow{"← → ↑ ↓", "Move through the grid; with Shift, select"},
    KeyRow{"Space", "Select or deselect in the grid"},
    KeyRow{"Enter", "Show large; press what has the focus"},
    KeyRow{"Page Up / Down", "A screenful in the grid"},
    KeyRow{"Tab", "To the next button or field"},
    KeyRow{"Z", "Picture at 100 %"},
    KeyRow{"Shift+Z", "Fit the picture into the window"},
    KeyRow{"+  −", "Zoom in, zoom out"},
};

std::string all_keys(std::string_view keys) {
  std::string out;
  while (!keys.empty()) {
    const std::size_t comma = keys.find(", ");
    if (!out.empty()) out += "  or  ";
    out += readable_keys(keys.substr(0, comma));
    keys = comma == std::string_view::npos ? std::string_view{} : keys.substr(comma + 2);
  }
  return out;
}

void row(Ui& ui, int index, float width, const std::string& keys, std::string_view title) {
  const Ink words{kBody, ui.look.text, false};
  const Ink chord{kSmall, ui.look.text, false};
  const float keys_w = std::min(ui.px(190), width * 0.45F);
  const float title_w = width - keys_w - ui.px(8);
  const float height = std::max(wrapped_height(ui, words, title, title_w), ui.px(22));
  const ImRect rect = take({width, height + ui.px(6)});
  Node& node = describe(ui, ImGui::GetID(index), rect, "listitem", title);
  node.value = keys;
  const float cap_w = std::min(text_width(ui, chord, keys) + ui.px(14), keys_w);
  const ImRect cap{rect.Min + ImVec2(0, ui.px(2)), {rect.Min.x + cap_w, rect.Min.y + ui.px(26)}};
  ui.list().AddRectFilled(cap.Min, cap.Max, ui.look.bg3, ui.px(6));
  draw_text_in(ui, {{cap.Min.x + ui.px(7), cap.Min.y}, {cap.Max.x - ui.px(5), cap.Max.y}}, chord, keys);
  draw_wrapped(ui, {{rect.Max.x - title_w, rect.Min.y + ui.px(5)}, {rect.Max.x, rect.Max.y + ui.px(4)}},
               words, title);
}

}  // namespace

void key_sheet(Ui& ui) {
  const DialogFrame dialog(ui, "keys", "Keyboard shortcuts", {860, 640});
  const Panel panel("sheet", dialog.body(), {});
  const Region list(ui, "list", "Keyboard shortcuts", dialog.body());
  hint(ui, "Single keys act while no text field has the focus. Ctrl is Cmd on a Mac.");
  gap(ui, 10);
  const float width = width_left() - ui.px(8);
  const bool two = width > ui.px(620);
  const float column = two ? (width - ui.px(24)) / 2 : width;
  std::vector<std::pair<std::string, std::string_view>> rows;
  for (const CommandInfo& command : commands()) {
    if (!command.keys.empty()) rows.emplace_back(all_keys(command.keys), command.title);
  }
  for (const KeyRow& view : kInViews) rows.emplace_back(std::string(view.keys), view.title);

  const std::size_t half = two ? (rows.size() + 1) / 2 : rows.size();
  const ImVec2 top = ImGui::GetCursorScreenPos();
  float lowest = top.y;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == half) ImGui::SetCursorScreenPos({top.x + column + ui.px(24), top.y});
    if (i > half) ImGui::SetCursorScreenPos({top.x + column + ui.px(24), ImGui::GetCursorScreenPos().y});
    row(ui, static_cast<int>(i), column, rows[i].first, rows[i].second);
    lowest = std::max(lowest, ImGui::GetCursorScreenPos().y);
  }
  ImGui::SetCursorScreenPos({top.x, lowest});
  ImGui::Dummy({1, 1});
}

}  // namespace vignette::ui
