#include "wasm/ui/rooms/library.hpp"

#include "wasm/app/commands.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/rooms.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/slider.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

using Kind = ButtonLook::Kind;

/// Words where there is room, else the icon alone.
bool tool(Ui& ui, const char* id, const char* name, const char* icon, bool words, Kind kind,
          std::string_view keys = {}) {
  const bool pressed = words ? button(ui, id, name, {.kind = kind, .icon = icon, .keys = keys})
                             : icon_button(ui, id, name, {.kind = kind, .icon = icon, .keys = keys});
  ImGui::SameLine(0, ui.px(kGap));
  return pressed;
}

void size_slider(Ui& ui, float width) {
  const int px = ui.state.session.tile_px;
  const auto changed = slider(ui, "tile size", "Size of the pictures", static_cast<float>(px), {64, 512, 8},
                              std::to_string(px) + " px", width, false);
  if (changed) ui.emit(SetTileSize{static_cast<int>(*changed)});
}

void toolbar(Ui& ui, const ImRect& rect, const Layout& layout) {
  const Region region(ui, "toolbar", "Library tools", rect);
  using enum Layout::Width;
  const bool words = layout.width == Wide || layout.width == Middle;
  const std::size_t selected = ui.state.session.selection.ids.size();
  ImGui::SetCursorScreenPos({rect.Min.x + ui.px(12), rect.GetCenter().y - ui.px(kControl) / 2});
  ImGui::BeginGroup();
  if (tool(ui, "add", "Add pictures…", icon::kImagePlus, words, Kind::Primary, "Ctrl+O")) ui.run("items.add");
  if (tool(ui, "add folder", "Add a folder…", icon::kFolderPlus, words && layout.width == Wide, Kind::Soft,
           "Ctrl+Shift+O"))
    ui.run("items.add-folder");
  if (selected > 1) {
    if (tool(ui, "select none", "Select nothing", icon::kSquareCheck, false, Kind::Quiet))
      ui.run("items.select-none");
  } else if (tool(ui, "select all", "Select all", icon::kSquareCheck, false, Kind::Quiet, "Ctrl+A")) {
    ui.run("items.select-all");
  }
  if (selected > 0) {
    const std::string name = "Remove " + number(static_cast<std::int64_t>(selected)) + " selected…";
    if (tool(ui, "remove", name.c_str(), icon::kTrash2, layout.width == Wide, Kind::Quiet, "Delete"))
      ui.run("items.remove");
    if (tool(ui, "open", "Show the picture large", icon::kMaximize, false, Kind::Quiet, "V"))
      ui.run("view.single");
  }
  const float slider_w = ui.px(words ? 150 : 92);
  if (width_left() > slider_w + ui.px(24)) {
    ImGui::SetCursorScreenPos({rect.Max.x - slider_w - ui.px(18), rect.GetCenter().y - ui.px(kControl) / 2});
    size_slider(ui, slider_w);
  }
  ImGui::EndGroup();
  ui.list().AddLine({rect.Min.x, rect.Max.y - 0.5F}, {rect.Max.x, rect.Max.y - 0.5F}, ui.look.line);
}

}  // namespace

void library_room(Ui& ui, const Layout& layout) {
  const ImRect main = to_imrect(layout.main);
  if (ui.state.document().items.empty()) {
    empty_library(ui, main);
    return;
  }
  if (ui.state.session.single_view) {
    single_view(ui, main, layout);
    return;
  }
  const float bar = ui.px(54);
  toolbar(ui, {main.Min, {main.Max.x, main.Min.y + bar}}, layout);
  grid(ui, {{main.Min.x, main.Min.y + bar}, main.Max});
}

}  // namespace vignette::ui
