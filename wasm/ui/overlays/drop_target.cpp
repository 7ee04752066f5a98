#include "wasm/ui/fade.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/text.hpp"

namespace vignette::ui {

void drop_target(Ui& ui) {
  const float lit = fade(ui, ImHashStr("drop target"), ui.state.session.dragging_files ? 1.0F : 0.0F, 150);
  if (lit <= 0) return;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ui.foreground = ImGui::GetForegroundDrawList();
  ui.list().AddRectFilled({0, 0}, screen, faded(ui.look.bg0, 0.88F * lit));
  ImRect frame{{0, 0}, screen};
  frame.Expand(-ui.px(18));
  ui.list().AddRect(frame.Min, frame.Max, faded(ui.look.accent, lit), ui.px(20), 0, ui.px(2));
  const ImVec2 middle = screen / 2;
  draw_icon(ui, middle - ImVec2(0, ui.px(44)), 48, faded(ui.look.accent, lit), icon::kUpload);
  draw_text_in(ui, {{frame.Min.x, middle.y}, {frame.Max.x, middle.y + ui.px(40)}},
               {kDisplay, faded(ui.look.text, lit), true}, "Drop to add", 0.5F);
  draw_text_in(ui, {{frame.Min.x, middle.y + ui.px(40)}, {frame.Max.x, middle.y + ui.px(64)}},
               {kBody, faded(ui.look.text2, lit), false},
               "Pictures, folders, ZIP files and captions as text files", 0.5F);
  ui.foreground = nullptr;
}

}  // namespace vignette::ui
