#include "wasm/ui/rooms/caption.hpp"

#include <algorithm>

#include "wasm/ui/rooms/library.hpp"
#include "wasm/ui/rooms/picture_view.hpp"
#include "wasm/ui/rooms/rooms.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/region.hpp"

namespace vignette::ui {
namespace {

void picture_panel(Ui& ui, const ImRect& rect, const Item& item, float space) {
  const Panel panel("picture", rect, {.scrolls = false});
  const float bar = ui.px(kControl + 12);
  const ImRect picture{rect.Min + ImVec2(space, space), {rect.Max.x - space, rect.Max.y - bar}};
  picture_view(ui, picture, item);
  const float tools = ui.px(kControl * 3 + 66 + 6);
  ImGui::SetCursorScreenPos(
      {std::max(rect.GetCenter().x - tools / 2, rect.Min.x), rect.Max.y - bar + ui.px(6)});
  ImGui::BeginGroup();
  zoom_buttons(ui, item);
  ImGui::EndGroup();
}

struct Parts {
  ImRect strip, picture, panel;
  bool sideways = false;
  bool names = false;
};

/// Beside each other where there is room; else picture, strip and caption below each other.
Parts parts_of(const Ui& ui, const ImRect& main, const Layout& layout) {
  Parts parts;
  const float width = main.GetWidth() / ui.scale;
  if (width >= 540) {
    parts.names = width >= 1000;
    const float strip = ui.px(parts.names ? 208 : width >= 640 ? 84 : 64);
    const float panel = ui.px(std::clamp(width * 0.34F, 252.0F, 400.0F));
    parts.strip = {main.Min, {main.Min.x + strip, main.Max.y}};
    parts.panel = {{main.Max.x - panel, main.Min.y}, main.Max};
    parts.picture = {{parts.strip.Max.x, main.Min.y}, {parts.panel.Min.x, main.Max.y}};
    return parts;
  }
  parts.sideways = true;
  const float share = layout.width == Layout::Width::Phone ? 0.36F : 0.42F;
  const float picture = main.GetHeight() * share;
  const float strip = main.GetHeight() / ui.scale > 440 ? ui.px(68) : 0;
  parts.picture = {main.Min, {main.Max.x, main.Min.y + picture}};
  parts.strip = {{main.Min.x, parts.picture.Max.y}, {main.Max.x, parts.picture.Max.y + strip}};
  parts.panel = {{main.Min.x, parts.strip.Max.y}, main.Max};
  return parts;
}

}  // namespace

void caption_room(Ui& ui, const Layout& layout) {
  const ImRect main = to_imrect(layout.main);
  const Document& document = ui.state.document();
  if (document.items.empty()) {
    empty_library(ui, main);
    return;
  }
  const int position = std::max(document.position(ui.state.session.selection.focus), 0);
  const Item& item = *document.items[static_cast<std::size_t>(position)];
  const Parts parts = parts_of(ui, main, layout);
  if (!parts.sideways) film_strip(ui, parts.strip, false, parts.names);
  picture_panel(ui, parts.picture, item, ui.px(parts.sideways ? 6 : 14));
  if (parts.sideways && parts.strip.GetHeight() > 1) film_strip(ui, parts.strip, true, false);
  caption_panel(ui, parts.panel, item, position);
}

}  // namespace vignette::ui
