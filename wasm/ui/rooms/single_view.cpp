#include <algorithm>

#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/library.hpp"
#include "wasm/ui/rooms/picture_view.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

using Kind = ButtonLook::Kind;

void header(Ui& ui, const ImRect& rect, const Item& item, int position, bool wide) {
  const Region region(ui, "toolbar", "Picture tools", rect);
  const int count = static_cast<int>(ui.state.document().items.size());
  const float y = rect.GetCenter().y - ui.px(kControl) / 2;
  ImGui::SetCursorScreenPos({rect.Min.x + ui.px(8), y});
  ImGui::BeginGroup();
  if (icon_button(ui, "back", "Back to the grid",
                  {.kind = Kind::Quiet, .icon = icon::kLayoutGrid, .keys = "G"}))
    ui.run("view.grid");
  ImGui::SameLine(0, ui.px(4));
  const ButtonLook previous{
      .kind = Kind::Quiet, .icon = icon::kChevronLeft, .disabled = position <= 0, .keys = "ArrowLeft"};
  if (icon_button(ui, "previous", "Previous picture", previous)) ui.run("item.previous");
  ImGui::SameLine(0, 0);
  const ButtonLook next{.kind = Kind::Quiet,
                        .icon = icon::kChevronRight,
                        .disabled = position + 1 >= count,
                        .keys = "ArrowRight"};
  if (icon_button(ui, "next", "Next picture", next)) ui.run("item.next");
  ImGui::SameLine(0, ui.px(8));

  const float tools = ui.px(kControl * 4 + 66 + 24);
  const float left = ImGui::GetCursorScreenPos().x;
  const float right = rect.Max.x - tools;
  const std::string place = number(position + 1) + " of " + number(count);
  const Ink quiet{kBody, ui.look.text3, false};
  const float place_w = text_width(ui, quiet, place) + ui.px(10);
  const ImRect place_rect{{left, rect.Min.y}, {std::min(left + place_w, right), rect.Max.y}};
  describe(ui, ImGui::GetID("place"), place_rect, "status", place);
  if (right - left > place_w) draw_text_in(ui, place_rect, quiet, place);
  if (wide)
    draw_text_in(ui, {{place_rect.Max.x, rect.Min.y}, {right - ui.px(8), rect.Max.y}},
                 {kBody, ui.look.text, true}, item.name);

  ImGui::SetCursorScreenPos({right, y});
  ImGui::BeginGroup();
  zoom_buttons(ui, item);
  ImGui::SameLine(0, ui.px(8));
  const ButtonLook info{.kind = Kind::Quiet, .icon = icon::kInfo, .pressed_in = ui.views.info_open};
  if (icon_button(ui, "info",
                  ui.views.info_open ? "Hide what is known about it" : "Show what is known about it", info)) {
    ui.views.info_open = !ui.views.info_open;
  }
  ImGui::EndGroup();
  ImGui::EndGroup();
  ui.list().AddLine({rect.Min.x, rect.Max.y - 0.5F}, {rect.Max.x, rect.Max.y - 0.5F}, ui.look.line);
}

}  // namespace

void single_view(Ui& ui, const ImRect& rect, const Layout& layout) {
  const Document& document = ui.state.document();
  const int position = std::max(document.position(ui.state.session.selection.focus), 0);
  const Item& item = *document.items[static_cast<std::size_t>(position)];
  using enum Layout::Width;
  const bool beside = layout.width == Wide || layout.width == Middle;
  const float bar = ui.px(54);
  header(ui, {rect.Min, {rect.Max.x, rect.Min.y + bar}}, item, position, beside);

  ImRect picture{{rect.Min.x, rect.Min.y + bar}, rect.Max};
  ImRect info = picture;
  if (ui.views.info_open) {
    if (beside) {
      picture.Max.x -= ui.px(300);
      info.Min.x = picture.Max.x;
    } else {
      picture.Max.y -= picture.GetHeight() * 0.38F;
      info.Min.y = picture.Max.y;
    }
  }
  {
    const Panel panel("picture", picture, {.scrolls = false});
    ImRect inside = picture;
    inside.Expand(-ui.px(10));
    picture_view(ui, inside, item);
  }
  if (ui.views.info_open) info_panel(ui, info, item);
}

}  // namespace vignette::ui
