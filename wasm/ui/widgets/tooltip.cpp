#include "wasm/ui/widgets/tooltip.hpp"

#include <algorithm>

#include "wasm/ui/text.hpp"

namespace vignette::ui {
namespace {

constexpr double kDelaySeconds = 0.4;
constexpr float kWidest = 360;

void draw_tip(Ui& ui, const ImRect& beside, std::string_view text, std::string_view keys) {
  const Ink words{kSmall, ui.look.text, false};
  const Ink chord{kSmall, ui.look.text3, false};
  const float pad = ui.px(10);
  const float keys_w = keys.empty() ? 0 : text_width(ui, chord, keys) + ui.px(12);
  const float words_w = std::min(text_width(ui, words, text) + 1, ui.px(kWidest));
  const ImVec2 size{words_w + keys_w + pad * 2, wrapped_height(ui, words, text, words_w) + ui.px(12)};
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float x = std::clamp(beside.GetCenter().x - size.x / 2, ui.px(4),
                             std::max(screen.x - size.x - ui.px(4), ui.px(4)));
  float y = beside.Max.y + ui.px(6);
  if (y + size.y > screen.y) y = beside.Min.y - size.y - ui.px(6);

  ui.foreground = ImGui::GetForegroundDrawList();
  const ImRect box{{x, y}, ImVec2(x, y) + size};
  shadow(ui, box, kRadius);
  ui.list().AddRectFilled(box.Min, box.Max, ui.look.dark ? ui.look.bg4 : ui.look.bg1, ui.px(kRadius));
  draw_wrapped(ui, {box.Min + ImVec2(pad, ui.px(6)), {box.Min.x + pad + words_w, box.Max.y}}, words, text);
  draw_text_in(ui, {{box.Max.x - pad - keys_w, box.Min.y}, {box.Max.x - pad, box.Max.y}}, chord, keys, 1);
  ui.foreground = nullptr;
}

}  // namespace

void tooltip(Ui& ui, const Area& area, std::string_view text, std::string_view keys) {
  const bool resting = (area.hovered || area.focused) && !area.held;
  if (!resting || text.empty()) return;
  Rest& rest = ui.views.rest;
  const double now = ImGui::GetTime();
  if (rest.id != area.id) rest = {area.id, now, true};
  rest.seen = true;
  const double rested = now - rest.since;
  if (rested >= kDelaySeconds) {
    draw_tip(ui, area.rect, text, readable_keys(keys));
  } else {
    ui.wake_in((kDelaySeconds - rested) * 1000 + 1);
  }
}

void finish_tooltips(Ui& ui) {
  if (!ui.views.rest.seen) ui.views.rest.id = 0;
  ui.views.rest.seen = false;
}

std::string readable_keys(std::string_view keys) {
  static constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
      {"ArrowRight", "→"}, {"ArrowLeft", "←"}, {"ArrowUp", "↑"}, {"ArrowDown", "↓"}, {"Escape", "Esc"}};
  std::string out(keys.substr(0, keys.find(", ")));
  for (const auto& [name, sign] : kSigns) {
    const std::size_t at = out.find(name);
    if (at != std::string::npos) out.replace(at, name.size(), sign);
  }
  return out;
}

}  // namespace vignette::ui
