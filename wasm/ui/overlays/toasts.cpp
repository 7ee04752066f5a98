#include <algorithm>

#include "wasm/app/commands.hpp"
#include "wasm/ui/fade.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/region.hpp"

namespace vignette::ui {
namespace {

struct Piece {
  const Toast* toast;
  float text_w, height, action_w;
};

Piece measure(const Ui& ui, const Toast& toast, float width) {
  Piece piece{&toast, 0, 0, 0};
  const CommandInfo* action = find_command(toast.action);
  if (action) piece.action_w = button_width(ui, action->title, false);
  piece.text_w = width - ui.px(36 + 40) - piece.action_w;
  piece.height =
      std::max(wrapped_height(ui, {kBody, 0, false}, toast.text, piece.text_w) + ui.px(22), ui.px(46));
  return piece;
}

void draw_toast(Ui& ui, const ImRect& rect, const Piece& piece) {
  const Toast& toast = *piece.toast;
  ImGui::PushID(static_cast<int>(toast.id));
  const Region region(ui, toast.problem ? "alert" : "status", toast.text, rect);
  const float lit = fade(ui, ImGui::GetID("shown"), 1, 180);
  shadow(ui, rect, kRadiusCard);
  ui.list().AddRectFilled(rect.Min, rect.Max, faded(ui.look.dark ? ui.look.bg3 : ui.look.bg1, lit),
                          ui.px(kRadiusCard));
  const ImU32 color = toast.problem ? ui.look.error : ui.look.ok;
  draw_icon(ui, {rect.Min.x + ui.px(19), rect.GetCenter().y}, 18, faded(color, lit),
            toast.problem ? icon::kTriangleAlert : icon::kCircleCheck);
  const float text_h = wrapped_height(ui, {kBody, 0, false}, toast.text, piece.text_w);
  const ImVec2 at{rect.Min.x + ui.px(36), rect.GetCenter().y - text_h / 2};
  draw_wrapped(ui, {at, at + ImVec2(piece.text_w, text_h + 2)}, {kBody, faded(ui.look.text, lit), false},
               toast.text);

  const float side = ui.px(kControl);
  const float y = rect.GetCenter().y - side / 2;
  float right = rect.Max.x - ui.px(5);
  const ImRect close{{right - side, y}, {right, y + side}};
  right = close.Min.x;
  if (const CommandInfo* action = find_command(toast.action)) {
    if (button_at(ui, {{right - piece.action_w, y}, {right, y + side}}, "action", action->title,
                  {.kind = ButtonLook::Kind::Quiet})) {
      ui.run(toast.action);
      ui.emit(DismissToast{toast.id});
    }
  }
  if (icon_button_at(ui, close, "dismiss", "Dismiss this message",
                     {.kind = ButtonLook::Kind::Quiet, .icon = icon::kX})) {
    ui.emit(DismissToast{toast.id});
  }
  ImGui::PopID();
}

}  // namespace

void toasts(Ui& ui, const Layout& layout) {
  const std::vector<Toast>& all = ui.state.session.toasts;
  if (all.empty()) return;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float around = ui.px(16);
  const float width = std::min(ui.px(400), screen.x - around * 2);
  std::vector<Piece> pieces;
  float height = 0;
  for (const Toast& toast : all) {
    pieces.push_back(measure(ui, toast, width));
    height += pieces.back().height + ui.px(kGap);
  }
  // At the left: every room has its main button at the bottom right, and a message must not lie on it.
  const float bottom = layout.status.y - ui.px(6);
  ImRect rect{{around, std::max(bottom - height, 0.0F)}, {around + width, bottom}};
  ImRect window = rect;
  window.Expand(around);
  window.Max.y = std::min(window.Max.y, layout.status.y);
  const Panel panel("toasts", window, {.scrolls = false});
  for (const Piece& piece : pieces) {
    draw_toast(ui, {rect.Min, {rect.Max.x, rect.Min.y + piece.height}}, piece);
    rect.Min.y += piece.height + ui.px(kGap);
  }
}

}  // namespace vignette::ui
