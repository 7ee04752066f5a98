#include <array>

#include "wasm/app/commands.hpp"
#include "wasm/ui/bars/bars.hpp"
#include "wasm/ui/fade.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/tooltip.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

struct RoomEntry {
  Room room;
  const char* label;
  const char* command;
  const char* icon;
};
constexpr std::array kRooms = {
    RoomEntry{Room::Library, "Library", "room.library", icon::kLayoutGrid},
    RoomEntry{Room::Caption, "Caption", "room.caption", icon::kCaptions},
    RoomEntry{Room::Export, "Export", "room.export", icon::kPackage},
    RoomEntry{Room::Settings, "Settings", "room.settings", icon::kSettings},
};

void draw_entry(Ui& ui, const ImRect& rect, const RoomEntry& entry, bool labels_beside, int uncaptioned) {
  const Area area = area_at(ui, ImGui::GetID(entry.command), rect);
  const bool here = ui.state.session.room == entry.room;
  Node& node = describe(ui, area, "tab", entry.label);
  node.selected = here;
  node.description = readable_keys(find_command(entry.command)->keys);
  if (area.pressed) ui.run(entry.command);

  const float lit = fade(ui, area.id ^ 1, here ? 1.0F : 0.0F);
  const ImU32 fill = mix(faded(ui.look.bg3, area.glow), ui.look.selected, lit);
  if ((fill >> 24) != 0) ui.list().AddRectFilled(rect.Min, rect.Max, fill, ui.px(kRadius));
  const ImU32 ink =
      here ? (ui.look.dark ? ui.look.text : ui.look.accent) : mix(ui.look.text2, ui.look.text, area.glow);
  if (labels_beside) {
    draw_icon(ui, {rect.Min.x + ui.px(21), rect.GetCenter().y}, 18, ink, entry.icon);
    draw_text_in(ui, {{rect.Min.x + ui.px(42), rect.Min.y}, {rect.Max.x - ui.px(44), rect.Max.y}},
                 {kBody, ink, here}, entry.label);
    if (entry.room == Room::Caption && uncaptioned > 0) {
      draw_text_in(ui, {{rect.Max.x - ui.px(60), rect.Min.y}, {rect.Max.x - ui.px(12), rect.Max.y}},
                   {kSmall, ui.look.text3, false}, number(uncaptioned), 1);
    }
  } else {
    draw_icon(ui, {rect.GetCenter().x, rect.GetCenter().y - ui.px(9)}, 20, ink, entry.icon);
    draw_text_in(ui, {{rect.Min.x, rect.GetCenter().y + ui.px(3)}, {rect.Max.x, rect.Max.y}},
                 {kSmall, ink, false}, entry.label, 0.5F);
    tooltip(ui, area, entry.label, find_command(entry.command)->keys);
  }
  focus_ring(ui, area, kRadius);
}

}  // namespace

void rail(Ui& ui, const Layout& layout) {
  const ImRect bar = to_imrect(layout.rail);
  const Panel panel("rail", bar, {.fill = ui.look.bg1, .scrolls = false});
  const Region landmark(ui, "navigation", "Rooms", bar);
  const Region list(ui, "tablist", "Rooms", bar);
  if (layout.rail_below) {
    ui.list().AddLine(bar.Min, {bar.Max.x, bar.Min.y}, ui.look.line);
  } else {
    ui.list().AddLine({bar.Max.x - 0.5F, bar.Min.y}, {bar.Max.x - 0.5F, bar.Max.y}, ui.look.line);
  }
  const Derived::Counts& counts = ui.views.derived.counts(ui.state.document());
  const float pad = ui.px(layout.rail_below ? 4 : layout.rail_labels ? 10 : 6);
  for (int i = 0; i < static_cast<int>(kRooms.size()); ++i) {
    const auto at = static_cast<float>(i);
    ImRect rect;
    if (layout.rail_below) {
      const float width = bar.GetWidth() / static_cast<float>(kRooms.size());
      rect = {{bar.Min.x + width * at, bar.Min.y}, {bar.Min.x + width * (at + 1), bar.Max.y}};
      rect.Expand(-pad);
    } else {
      const float height = ui.px(layout.rail_labels ? 38 : 56);
      const float top = bar.Min.y + ui.px(10) + (height + ui.px(4)) * at;
      rect = {{bar.Min.x + pad, top}, {bar.Max.x - pad, top + height}};
    }
    draw_entry(ui, rect, kRooms[static_cast<std::size_t>(i)], layout.rail_labels,
               counts.items - counts.captioned);
  }
}

}  // namespace vignette::ui
