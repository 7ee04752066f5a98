#include "wasm/ui/widgets/progress.hpp"

#include <algorithm>

#include "wasm/ui/text.hpp"

namespace vignette::ui {

void progress_bar(Ui& ui, const ImRect& rect, const char* id, std::string_view name, float fraction,
                  std::string_view shown) {
  fraction = std::clamp(fraction, 0.0F, 1.0F);
  Node& node = describe(ui, ImGui::GetID(id), rect, "progressbar", name);
  node.value = shown;
  node.max = 1;
  node.now = fraction;
  const float round = rect.GetHeight() / 2;
  ui.list().AddRectFilled(rect.Min, rect.Max, ui.look.bg4, round);
  const float width = rect.GetWidth() * fraction;
  if (width >= 1) {
    ui.list().AddRectFilled(rect.Min, {rect.Min.x + std::max(width, rect.GetHeight()), rect.Max.y},
                            ui.look.accent, round);
  }
}

namespace {
constexpr float kBadgeHeight = 20;
constexpr float kBadgeIcon = 13;
}  // namespace

float badge_width(const Ui& ui, std::string_view text, const char* icon) {
  const float text_w = text.empty() ? 0 : text_width(ui, {kSmall, 0, false}, text) + ui.px(12);
  const float icon_w = icon ? ui.px(text.empty() ? kBadgeHeight : kBadgeIcon + 5) : 0;
  return text_w + icon_w;
}

float badge_at(Ui& ui, ImVec2 top_left, std::string_view text, const char* icon, ImU32 fill, ImU32 ink) {
  const ImRect rect{top_left, top_left + ImVec2(badge_width(ui, text, icon), ui.px(kBadgeHeight))};
  ui.list().AddRectFilled(rect.Min, rect.Max, fill, rect.GetHeight() / 2);
  float x = rect.Min.x + ui.px(6);
  if (icon) {
    const float center = text.empty() ? rect.GetCenter().x : x + ui.px(kBadgeIcon / 2);
    draw_icon(ui, {center, rect.GetCenter().y}, kBadgeIcon, ink, icon);
    x += ui.px(kBadgeIcon + 5);
  }
  if (!text.empty())
    draw_text_in(ui, {{x, rect.Min.y}, {rect.Max.x, rect.Max.y}}, {kSmall, ink, false}, text);
  return rect.GetWidth();
}

}  // namespace vignette::ui
