#include "wasm/ui/widgets/dialog.hpp"

#include <algorithm>

#include "wasm/ui/icons.hpp"
#include "wasm/ui/widgets/button.hpp"

namespace vignette::ui {
namespace {

constexpr float kHeader = 56;

ImRect centred(const Ui& ui, ImVec2 wanted) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const ImVec2 size{std::min(ui.px(wanted.x), screen.x - ui.px(16)),
                    std::min(ui.px(wanted.y), screen.y - ui.px(16))};
  const ImVec2 at{(screen.x - size.x) / 2, (screen.y - size.y) / 2};
  return {at, at + size};
}

}  // namespace

DialogFrame::DialogFrame(Ui& ui, const char* id, std::string_view title, ImVec2 wanted, float footer)
    : ui_(ui) {
  const int overlay = static_cast<int>(ui.state.session.dialog);
  const bool just_opened = ui.views.open_overlay != overlay;
  if (scrim(ui, "scrim") || ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
    if (!just_opened) ui.emit(CloseDialog{});
  }
  const ImRect rect = centred(ui, wanted);
  ImRect window = rect;
  window.Expand(ui.px(24));  // room for the shadow
  ImGui::SetNextWindowPos(window.Min);
  ImGui::SetNextWindowSize(window.GetSize());
  if (just_opened) ImGui::SetNextWindowFocus();
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBackground);
  shadow(ui, rect, kRadiusCard);
  ui.list().AddRectFilled(rect.Min, rect.Max, ui.look.bg1, ui.px(kRadiusCard));
  if (ui.look.dark) ui.list().AddRect(rect.Min, rect.Max, ui.look.line, ui.px(kRadiusCard), 0, 1);

  const ImGuiID dialog_id = ImGui::GetID("dialog");
  describe(ui, dialog_id, rect, "dialog", title);
  ui.parents.push_back(dialog_id);

  const float pad = ui.px(20);
  const ImRect header{rect.Min, {rect.Max.x, rect.Min.y + ui.px(kHeader)}};
  const ImRect title_rect{{header.Min.x + pad, header.Min.y}, {header.Max.x - ui.px(60), header.Max.y}};
  Node& node = describe(ui, ImGui::GetID("title"), title_rect, "heading", title);
  node.level = 2;
  draw_text_in(ui, title_rect, {kTitle, ui.look.text, true}, title);

  body_ = {{rect.Min.x + pad, header.Max.y},
           {rect.Max.x - pad, rect.Max.y - (footer > 0 ? ui.px(footer) : pad)}};
  footer_ = {{rect.Min.x + pad, body_.Max.y}, {rect.Max.x - pad, rect.Max.y}};
  const float side = ui.px(kControl);
  const ImVec2 at{rect.Max.x - side - ui.px(12), header.GetCenter().y - side / 2};
  if (icon_button_at(ui, {at, at + ImVec2(side, side)}, "close", "Close",
                     {.kind = ButtonLook::Kind::Quiet, .icon = icon::kX})) {
    ui.emit(CloseDialog{});
  }
}

DialogFrame::~DialogFrame() {
  ui_.parents.pop_back();
  ImGui::End();
}

int dialog_buttons(Ui& ui, const ImRect& footer, std::string_view main, bool danger) {
  const float height = ui.px(kControl);
  const float y = footer.GetCenter().y - height / 2;
  const float main_w = button_width(ui, main, false) + ui.px(8);
  const float cancel_w = button_width(ui, "Cancel", false);
  const ImRect main_rect{{footer.Max.x - main_w, y}, {footer.Max.x, y + height}};
  const float cancel_right = main_rect.Min.x - ui.px(kGap);
  const bool cancelled =
      button_at(ui, {{cancel_right - cancel_w, y}, {cancel_right, y + height}}, "cancel", "Cancel");
  const auto kind = danger ? ButtonLook::Kind::Danger : ButtonLook::Kind::Primary;
  if (button_at(ui, main_rect, "confirm", main, {.kind = kind})) return 1;
  return cancelled ? -1 : 0;
}

}  // namespace vignette::ui
