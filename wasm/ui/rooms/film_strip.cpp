#include <algorithm>

#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/caption.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"

namespace vignette::ui {
namespace {

struct Strip {
  bool sideways;
  bool names;
  float pitch;      // from one entry to the next
  float thickness;  // across
  ImVec2 origin;

  ImRect entry(int index, float space) const {
    const float at = static_cast<float>(index) * pitch;
    const ImVec2 min = origin + (sideways ? ImVec2(at, 0) : ImVec2(0, at));
    ImRect rect{min, min + (sideways ? ImVec2(pitch, thickness) : ImVec2(thickness, pitch))};
    rect.Expand(-space);
    return rect;
  }
};

void draw_entry(Ui& ui, const Strip& strip, const ImRect& rect, int index, bool shown) {
  const Document& document = ui.state.document();
  const Item& item = *document.items[static_cast<std::size_t>(index)];
  const Area area =
      area_at(ui, ImGui::GetID(item.id.data(), item.id.data() + item.id.size()), rect, {.tab_stop = shown});
  Node& node = describe(ui, area, "option", item.name);
  node.selected = shown;
  node.position = index + 1;
  node.set_size = static_cast<int>(document.items.size());
  node.description = is_captioned(item) ? "captioned" : "no caption";
  if (area.pressed) ui.emit(ClickItem{item.id, false, false});
  if (!area.visible) return;

  if (shown || area.glow > 0) {
    ui.list().AddRectFilled(rect.Min, rect.Max, shown ? ui.look.selected : faded(ui.look.bg3, area.glow),
                            ui.px(kRadius));
  }
  const float side = std::min(rect.GetWidth(), rect.GetHeight()) - ui.px(8);
  const ImVec2 middle =
      strip.names ? ImVec2(rect.Min.x + ui.px(4) + side / 2, rect.GetCenter().y) : rect.GetCenter();
  const ImRect picture{middle - ImVec2(side, side) / 2, middle + ImVec2(side, side) / 2};
  draw_thumbnail(ui, picture, item.id, 6);
  if (strip.names) {
    const ImRect words{{picture.Max.x + ui.px(8), rect.Min.y + ui.px(7)},
                       {rect.Max.x - ui.px(6), rect.GetCenter().y + ui.px(1)}};
    draw_text_in(ui, words, {kSmall, ui.look.text, shown}, item.name);
    const ImRect below{{words.Min.x, words.Max.y}, {words.Max.x, rect.Max.y - ui.px(7)}};
    const std::string& caption = caption_text(item);
    draw_text_in(ui, below, {kSmall, ui.look.text3, false}, caption.empty() ? "No caption yet" : caption);
  }
  if (is_captioned(item)) {
    const ImVec2 mark =
        strip.names ? picture.Max - ImVec2(ui.px(8), ui.px(8)) : rect.Max - ImVec2(ui.px(11), ui.px(11));
    ui.list().AddCircleFilled(mark, ui.px(8), ui.look.badge);
    draw_icon(ui, mark, 11, ui.look.on_badge, icon::kCheck);
  }
  focus_ring(ui, area, kRadius);
}

/// The entry that is shown moves to the middle when it is a new one.
void follow(Ui& ui, const Strip& strip, int position, float length) {
  const ItemId& focus = ui.state.session.selection.focus;
  if (ui.views.strip_focus == focus || position < 0) return;
  ui.views.strip_focus = focus;
  const float middle = (static_cast<float>(position) + 0.5F) * strip.pitch - length / 2;
  const float scroll = strip.sideways ? ImGui::GetScrollX() : ImGui::GetScrollY();
  const float start = static_cast<float>(position) * strip.pitch;
  if (start >= scroll && start + strip.pitch <= scroll + length) return;
  if (strip.sideways) {
    ImGui::SetScrollX(std::max(middle, 0.0F));
  } else {
    ImGui::SetScrollY(std::max(middle, 0.0F));
  }
  ui.out.animating = true;
}

}  // namespace

void film_strip(Ui& ui, const ImRect& rect, bool sideways, bool names) {
  const Panel panel("strip", rect, {.fill = ui.look.bg1, .sideways = sideways});
  const Region region(ui, "listbox", "Pictures", rect);
  const Document& document = ui.state.document();
  const float bar = ImGui::GetStyle().ScrollbarSize;
  Strip strip{sideways, names, 0, 0, ImGui::GetCursorScreenPos()};
  strip.thickness = sideways ? rect.GetHeight() - bar : rect.GetWidth() - bar;
  strip.pitch = sideways ? strip.thickness : names ? ui.px(60) : strip.thickness;

  const int count = static_cast<int>(document.items.size());
  const int position = document.position(ui.state.session.selection.focus);
  const float length = sideways ? rect.GetWidth() : rect.GetHeight();
  const float scroll = sideways ? ImGui::GetScrollX() : ImGui::GetScrollY();
  follow(ui, strip, position, length);
  const int first = std::clamp(static_cast<int>(scroll / strip.pitch), 0, count);
  const int last = std::clamp(static_cast<int>((scroll + length) / strip.pitch) + 1, first, count);
  for (int i = first; i < last; ++i) draw_entry(ui, strip, strip.entry(i, ui.px(2)), i, i == position);

  const float total = static_cast<float>(count) * strip.pitch;
  ImGui::SetCursorScreenPos(strip.origin);
  ImGui::Dummy(sideways ? ImVec2(total, 1) : ImVec2(1, total));
}

}  // namespace vignette::ui
