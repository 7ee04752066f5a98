#include <nlohmann/json.hpp>

#include "shared/caption/description.hpp"
#include "wasm/app/captioning_parts.hpp"
#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/text_field.hpp"

// What is said about the shown picture, besides its caption.

namespace vignette::ui {
namespace {

std::string items_args(const ItemId& item) {
  return nlohmann::json{{"items", nlohmann::json::array({item})}}.dump();
}

void verdict_row(Ui& ui, const caption::Verdict& verdict) {
  const bool broken = verdict.state == caption::Verdict::State::Broken;
  const Ink ink{kSmall, broken ? ui.look.warn : ui.look.text3, false, kLeading};
  const float text_w = std::max(width_left() - ui.px(22), ui.px(40));
  const float height = wrapped_height(ui, ink, verdict.sentence, text_w);
  const ImRect rect = take({width_left(), height + ui.px(2)});
  Node& node = describe(ui, ImGui::GetID(name_of(verdict.rule)), rect, "listitem", verdict.sentence);
  node.value = broken ? "broken" : "kept";
  draw_icon(ui, rect.Min + ImVec2(ui.px(8), ui.px(9)), 14, broken ? ui.look.warn : ui.look.ok,
            broken ? icon::kTriangleAlert : icon::kCheck);
  draw_wrapped(ui, {{rect.Min.x + ui.px(22), rect.Min.y}, rect.Max}, ink, verdict.sentence);
}

}  // namespace

void checks_card(Ui& ui, const Item& item, const std::string& text) {
  const caption::Preset* chosen = find_preset(ui.state, ui.state.captioning.form.preset);
  if (text.empty() || chosen == nullptr) return;
  const caption::Preset& preset = preset_for(*chosen, caption_text(item, kCategorySet));
  const caption::Situation rules{preset.checks, ui.state.document().settings.context, preset.shape, false};
  bool fixable = false;
  int broken = 0;
  gap(ui, 6);
  for (const caption::Verdict& verdict : caption::inspect(text, rules)) {
    if (verdict.state != caption::Verdict::State::Broken) continue;
    ++broken;
    verdict_row(ui, verdict);
    const auto fault = caption::judge(verdict.rule, text, rules);
    fixable = fixable || (fault && fault->fixed);
  }
  if (broken == 0) hint(ui, "Passes the checks of “" + preset.name + "”.");
  if (fixable && button(ui, "fix", "Fix", {.icon = icon::kBadgeCheck})) {
    ui.run("caption.fix", argument("item", item.id));
  }
}

void suggestion_card(Ui& ui, const Item& item) {
  const auto found = ui.state.captioning.suggestions.find(item.id);
  if (found == ui.state.captioning.suggestions.end()) return;
  gap(ui, 10);
  heading(ui, "Suggestion of " + found->second.model, 3);
  paragraph(ui, found->second.text, {kBody, ui.look.text, false, kLeading});
  if (button(ui, "accept", "Accept", {.kind = ButtonLook::Kind::Primary, .icon = icon::kCheck}))
    ui.run("suggestions.accept", items_args(item.id));
  ImGui::SameLine(0, ui.px(kGap));
  if (button(ui, "dismiss", "Dismiss", {.kind = ButtonLook::Kind::Quiet}))
    ui.run("suggestions.dismiss", items_args(item.id));
}

void seen_card(Ui& ui, const Item& item) {
  const std::string& seen = caption_text(item, kSeenSet);
  if (seen.empty()) return;
  gap(ui, 10);
  heading(ui, "Seen on this machine", 3);
  hint(ui, seen + ".");
}

void description_card(Ui& ui, const Item& item) {
  const std::string& json = caption_text(item, kDescriptionSet);
  if (json.empty()) return;
  gap(ui, 14);
  heading(ui, "Description", 3);
  const caption::Description description = caption::read_description(json);
  if (!description.readable) hint(ui, "The model did not answer with readable JSON; this is what it said.");
  int line_number = 0;
  for (const std::string& line : card_lines(description)) {
    ImGui::PushID(line_number++);
    paragraph(ui, line, {kSmall, ui.look.text2, false, kLeading});
    ImGui::PopID();
  }
  bool& editing = ui.views.edits_description;
  if (button(ui, "edit description", editing ? "Done" : "Edit",
             {.kind = ButtonLook::Kind::Quiet, .icon = icon::kPencilLine}))
    editing = !editing;
  if (!editing) return;
  text_field(ui, {.field = "description",
                  .label = "Description of " + item.name,
                  .item = item.id,
                  .text = typed_text(ui, "description", item.id, json),
                  .multiline = true,
                  .height = ui.px(220)});
}

}  // namespace vignette::ui
