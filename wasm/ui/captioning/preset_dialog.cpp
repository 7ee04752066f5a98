#include "wasm/app/captioning_parts.hpp"
#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/choice.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/picker.hpp"
#include "wasm/ui/widgets/text_field.hpp"

// The preset editor: prompt, checks, and one picture to try it on.

namespace vignette::ui {
namespace {

using caption::Reaction;
using caption::Rule;

void typed(Ui& ui, const char* field, const char* label, float height, const char* placeholder = "") {
  const auto& fields = ui.state.session.fields;
  const auto known = fields.find(field);
  field_label(ui, label);
  text_field(ui, {.field = field,
                  .label = label,
                  .text = typed_text(ui, field, "", known == fields.end() ? "" : known->second),
                  .placeholder = placeholder,
                  .multiline = height > 0,
                  .height = height > 0 ? ui.px(height) : 0});
}

bool has_limit(Rule rule) {
  return rule == Rule::MinWords || rule == Rule::MaxWords || rule == Rule::MaxCharacters ||
         rule == Rule::Sentences || rule == Rule::BannedStart || rule == Rule::BannedPhrase;
}

void rule_row(Ui& ui, const caption::Checks& checks, Rule rule) {
  static constexpr const char* kWords[] = {"Off", "Mark it", "Fix it", "Ask once more", "Fail"};
  std::vector<PickRow> rows;
  std::vector<Reaction> reactions;
  int chosen = -1;
  for (int i = 0; i < 5; ++i) {
    const auto reaction = static_cast<Reaction>(i);
    if (!can_react(rule, reaction)) continue;
    if (checks.of(rule) == reaction) chosen = static_cast<int>(rows.size());
    rows.push_back({kWords[i], "", false});
    reactions.push_back(reaction);
  }
  ImGui::PushID(name_of(rule));
  field_label(ui, label_of(rule));
  const std::string id = std::string("react ") + name_of(rule);
  const int picked = picker(ui, id.c_str(), label_of(rule), rows, chosen, "Off");
  if (picked >= 0)
    ui.run("presets.draft", key_value(std::string(name_of(rule)) + ".react",
                                      name_of(reactions[static_cast<std::size_t>(picked)])));
  if (has_limit(rule) && checks.of(rule) != Reaction::Off) {
    const std::string field = std::string("rule.") + name_of(rule);
    const std::string label = std::string("Limit of: ") + label_of(rule);
    text_field(ui, {.field = field,
                    .label = label,
                    .text = typed_text(ui, field, "", limit_text(checks, rule)),
                    .placeholder = "0: no limit"});
  }
  ImGui::PopID();
}

void preview(Ui& ui, const PresetDraft& draft) {
  const bool running = ui.state.captioning.run_of(draft.job) != nullptr;
  if (button(ui, "try", running ? "Asking…" : "Try it on the shown picture",
             {.icon = icon::kSparkles, .disabled = running}))
    ui.run("presets.try");
  if (!draft.error.empty()) paragraph(ui, draft.error, {kSmall, ui.look.error, false, kLeading});
  if (draft.preview.empty()) return;
  paragraph(ui, draft.preview, {kBody, ui.look.text, false, kLeading});
  int at = 0;
  for (const caption::Verdict& verdict : draft.verdicts) {
    if (verdict.state == caption::Verdict::State::Kept) continue;
    ImGui::PushID(at++);
    paragraph(ui, verdict.sentence, {kSmall, ui.look.warn, false, kLeading});
    ImGui::PopID();
  }
}

void editor(Ui& ui, const PresetDraft& draft) {
  static constexpr Option kShapes[] = {{"Sentences"}, {"Tags"}, {"Description"}};
  static constexpr const char* kShapeNames[] = {"prose", "tags", "description"};
  typed(ui, "preset-name", "Name", 0);
  typed(ui, "preset-system", "What the model is told about its task", 70);
  typed(ui, "preset-prompt", "Prompt", 170);
  hint(ui,
       "{context} {tags} {caption} {name} {folder} {category} {regions} {series} are filled in; \\{ is a "
       "brace. "
       "[trigger] stays as it is.");
  field_label(ui, "The answer is");
  if (const int p = segmented(ui, "shape", "The answer is", kShapes, static_cast<int>(draft.preset.shape));
      p >= 0)
    ui.run("presets.draft", key_value("shape", kShapeNames[p]));
  typed(ui, "preset-parameters", "Parameters", 0, "max_tokens=512, temperature=0.2");
  gap(ui, 10);
  heading(ui, "Try it", 3);
  preview(ui, draft);
  gap(ui, 10);
  heading(ui, "Checks", 3);
  for (std::size_t i = 0; i < caption::kRules; ++i) rule_row(ui, draft.preset.checks, static_cast<Rule>(i));
}

}  // namespace

void preset_dialog(Ui& ui) {
  const PresetDraft& draft = ui.state.captioning.draft;
  if (!draft.open) return;
  const DialogFrame frame(ui, "preset", "Preset", {720, 760}, 66);
  {
    const Panel panel("editor", frame.body(), {});
    editor(ui, draft);
  }
  const int pressed = dialog_buttons(ui, frame.footer(), "Save the preset", false);
  if (pressed > 0) ui.run("presets.keep");
  if (pressed < 0) ui.emit(CloseDialog{});
}

void presets_card(Ui& ui) {
  heading(ui, "Presets and providers", 2);
  gap(ui, 6);
  for (const caption::Preset& preset : ui.state.captioning.presets) {
    ImGui::PushID(preset.id.c_str());
    field_label(ui, preset.name);
    if (button(ui, "edit", "Edit", {.icon = icon::kPencilLine}))
      ui.run("presets.edit", argument("id", preset.id));
    ImGui::SameLine(0, ui.px(kGap));
    if (button(ui, "delete", "Delete", {.kind = ButtonLook::Kind::Quiet, .icon = icon::kTrash2}))
      ui.run("presets.delete", argument("id", preset.id));
    ImGui::PopID();
  }
  if (ui.state.captioning.presets.empty()) hint(ui, "Presets of your own stay on this device.");
  if (button(ui, "import", "Import presets…", {.icon = icon::kUpload})) ui.run("presets.import");
  ImGui::SameLine(0, ui.px(kGap));
  const bool none = ui.state.captioning.presets.empty();
  if (width_left() < button_width(ui, "Export presets", true)) ImGui::NewLine();
  if (button(ui, "export", "Export presets", {.icon = icon::kDownload, .disabled = none}))
    ui.run("presets.export");
  gap(ui, 12);
  field_label(ui, "Own providers and models, as JSON");
  const auto& fields = ui.state.session.fields;
  const auto known = fields.find("own-entries");
  const std::string& kept = known == fields.end() ? ui.state.captioning.own_entries : known->second;
  const std::string text = typed_text(ui, "own-entries", "", kept);
  text_field(ui, {.field = "own-entries",
                  .label = "Own providers and models",
                  .text = text,
                  .placeholder = R"({"models":[{"provider":"openai","id":"…"}]})",
                  .multiline = true,
                  .height = ui.px(90)});
  if (button(ui, "use entries", "Use these entries", {.icon = icon::kCheck}))
    ui.run("connections.own-entries", argument("json", text));
}

}  // namespace vignette::ui
