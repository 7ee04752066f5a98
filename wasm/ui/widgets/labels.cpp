#include "wasm/ui/widgets/labels.hpp"

namespace vignette::ui {
namespace {

void static_text(Ui& ui, std::string_view text, const Ink& ink, std::string_view role, int level) {
  if (text.empty()) return;
  Ink spaced = ink;
  spaced.leading = kLeading;
  const float width = width_left();
  const ImRect rect = take({width, wrapped_height(ui, spaced, text, width)});
  Node& node = describe(ui, ImGui::GetCurrentWindow()->GetID(text.data(), text.data() + text.size()), rect,
                        role, text);
  node.level = level;
  if (!node.offscreen) draw_wrapped(ui, rect, spaced, text);
}

}  // namespace

void heading(Ui& ui, std::string_view text, int level) {
  static_text(ui, text,
              {level <= 1   ? kDisplay
               : level == 2 ? kTitle
                            : kBody,
               ui.look.text, true},
              "heading", level);
}
void paragraph(Ui& ui, std::string_view text, const Ink& ink) { static_text(ui, text, ink, "text", 0); }
void hint(Ui& ui, std::string_view text) { static_text(ui, text, {kSmall, ui.look.text3, false}, "text", 0); }

void field_label(Ui& ui, std::string_view text) {
  const Ink ink{kSmall, ui.look.text2, true};
  draw_text_in(ui, take({width_left(), line_height(ui, ink)}), ink, text);
}

void gap(Ui& ui, float unscaled) {
  ImGui::Dummy({0, std::max(ui.px(unscaled) - ImGui::GetStyle().ItemSpacing.y, 0.0F)});
}

Card::Card(Ui& ui) : ui_(ui), top_left_(ImGui::GetCursorScreenPos()), width_(width_left()) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  layers_.Split(window->DrawList, 2);
  layers_.SetCurrentChannel(window->DrawList, 1);
  const float pad = ui.px(kPad);
  ImGui::SetCursorScreenPos(top_left_ + ImVec2(pad, pad));
  ImGui::BeginGroup();
  window->ContentRegionRect.Max.x -= pad;  // what width_left() measures to
}

Card::~Card() {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  const float pad = ui_.px(kPad);
  window->ContentRegionRect.Max.x += pad;
  ImGui::EndGroup();
  const ImVec2 end{top_left_.x + width_, ImGui::GetItemRectMax().y + pad};
  layers_.SetCurrentChannel(window->DrawList, 0);
  window->DrawList->AddRectFilled(top_left_, end, ui_.look.bg1, ui_.px(kRadiusCard));
  layers_.Merge(window->DrawList);
  ImGui::SetCursorScreenPos(top_left_);
  ImGui::Dummy(end - top_left_);
}

}  // namespace vignette::ui
