#include <algorithm>

#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/library.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"

namespace vignette::ui {
namespace {

void centred_line(Ui& ui, std::string_view text, const Ink& ink, std::string_view role) {
  const float width = width_left();
  const float one_line = text_width(ui, ink, text);
  const ImRect rect = take({width, wrapped_height(ui, ink, text, width)});
  Node& node = describe(ui, ImGui::GetID(text.data(), text.data() + text.size()), rect, role, text);
  node.level = 2;
  if (one_line <= width) {
    draw_text_in(ui, rect, ink, text, 0.5F);
  } else {
    draw_wrapped(ui, rect, ink, text);
  }
}

struct Choice {
  const char* id;
  const char* label;
  const char* icon;
  const char* command;
  ButtonLook::Kind kind;
};
constexpr Choice kChoices[] = {
    {"choose", "Choose pictures…", icon::kImagePlus, "items.add", ButtonLook::Kind::Primary},
    {"choose folder", "Choose a folder…", icon::kFolderPlus, "items.add-folder", ButtonLook::Kind::Soft},
    {"sample", "Load the sample set", icon::kSparkles, "sample.load", ButtonLook::Kind::Soft},
};

void choices(Ui& ui) {
  float total = ui.px(kGap) * 2;
  for (const Choice& choice : kChoices) total += button_width(ui, choice.label, true);
  const bool in_a_row = total <= width_left();
  if (in_a_row) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + (width_left() - total) / 2);
  for (const Choice& choice : kChoices) {
    const ButtonLook look{.kind = choice.kind, .icon = choice.icon, .width = in_a_row ? 0.0F : -1.0F};
    if (button(ui, choice.id, choice.label, look)) ui.run(choice.command);
    if (in_a_row) ImGui::SameLine(0, ui.px(kGap));
  }
  if (in_a_row) ImGui::NewLine();
}

}  // namespace

void empty_library(Ui& ui, const ImRect& rect) {
  const float width = std::min(rect.GetWidth() - ui.px(32), ui.px(620));
  const float height = std::min(rect.GetHeight() - ui.px(16), ui.px(420));
  const ImVec2 at{rect.GetCenter().x - width / 2, rect.GetCenter().y - height / 2};
  const ImRect box{at, at + ImVec2(width, height)};
  const Panel panel("empty", box, {.pad = ui.px(8)});
  const ImVec2 circle{box.GetCenter().x, ImGui::GetCursorScreenPos().y + ui.px(44)};
  ui.list().AddCircleFilled(circle, ui.px(40), ui.look.selected);
  draw_icon(ui, circle, 34, ui.look.dark ? ui.look.text : ui.look.accent, icon::kImage);
  ImGui::Dummy({0, ui.px(96)});
  centred_line(ui, "Start with some pictures", {kDisplay, ui.look.text, true}, "heading");
  centred_line(ui, "Drop pictures, a folder or a ZIP anywhere in this window, or paste them.",
               {kBody, ui.look.text2, false}, "text");
  centred_line(ui, "Text files of the same name become their captions.", {kBody, ui.look.text2, false},
               "text");
  gap(ui, 20);
  choices(ui);
  gap(ui, 24);
  centred_line(ui, "Nothing leaves this machine: pictures are read, shown and packed in your browser.",
               {kSmall, ui.look.text3, false}, "text");
}

}  // namespace vignette::ui
