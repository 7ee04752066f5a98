#include "shared/caption/word_diff.hpp"
#include "wasm/app/captioning_parts.hpp"
#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"

// Two answers about one picture. Where they differ, a click chooses whose words go into the merged caption.

namespace vignette::ui {
namespace {

void side(Ui& ui, const Comparison& comparison, std::size_t at, bool running) {
  const char* const id = at == 0 ? "left" : "right";
  ImGui::PushID(id);
  heading(ui, comparison.models[at], 3);
  const std::string& text = comparison.texts[at];
  const std::string shown = !text.empty() ? text : running ? "…" : comparison.problems[at];
  paragraph(ui, shown.empty() ? "No answer." : shown,
            {kBody, text.empty() && !running ? ui.look.error : ui.look.text, false, kLeading});
  if (button(ui, "keep", "Keep this one", {.icon = icon::kCheck, .disabled = text.empty()})) {
    ui.run("caption.compare-keep", argument("which", id));
    ui.emit(CloseDialog{});
  }
  ImGui::PopID();
}

void differences(Ui& ui, const Comparison& comparison) {
  const auto blocks = caption::diff_words(comparison.texts[0], comparison.texts[1]);
  int differing = 0;
  for (const caption::DiffBlock& block : blocks) {
    if (block.same) continue;
    const auto at = static_cast<std::size_t>(differing);
    const bool right = at < comparison.take_right.size() && comparison.take_right[at];
    ImGui::PushID(differing);
    const auto words = [](const std::string& text) { return text.empty() ? std::string("(nothing)") : text; };
    const std::string args = "{\"block\":" + std::to_string(differing) + ",\"right\":";
    if (button(ui, "l", words(block.left), {.pressed_in = !right}))
      ui.run("caption.compare-choose", args + "false}");
    ImGui::SameLine(0, ui.px(kGap));
    if (width_left() < button_width(ui, words(block.right), false)) ImGui::NewLine();
    if (button(ui, "r", words(block.right), {.pressed_in = right}))
      ui.run("caption.compare-choose", args + "true}");
    ImGui::PopID();
    ++differing;
  }
  if (differing == 0) hint(ui, "Both say the same.");
}

}  // namespace

void compare_dialog(Ui& ui) {
  const auto& comparison = ui.state.captioning.comparison;
  if (!comparison) return;
  const DialogFrame frame(ui, "compare", "Two models, one picture", {720, 640});
  const Panel panel("comparison", frame.body(), {});
  const bool running = ui.state.captioning.run_of(comparison->job) != nullptr;
  const ImRect picture = take({width_left(), ui.px(150)});
  draw_thumbnail(ui, picture, comparison->item, kRadius);
  gap(ui, 8);
  side(ui, *comparison, 0, running);
  gap(ui, 10);
  side(ui, *comparison, 1, running);
  if (comparison->texts[0].empty() || comparison->texts[1].empty()) return;
  gap(ui, 12);
  heading(ui, "Choose words", 3);
  differences(ui, *comparison);
  gap(ui, 8);
  paragraph(ui, merged_comparison(*comparison), {kBody, ui.look.text, false, kLeading});
  if (button(ui, "keep merged", "Keep the merged caption",
             {.kind = ButtonLook::Kind::Primary, .icon = icon::kCheck})) {
    ui.run("caption.compare-keep", argument("which", "merged"));
    ui.emit(CloseDialog{});
  }
}

}  // namespace vignette::ui
