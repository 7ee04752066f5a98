#include <algorithm>

#include "wasm/app/captioning_parts.hpp"
#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/choice.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/picker.hpp"
#include "wasm/ui/widgets/slider.hpp"
#include "wasm/ui/widgets/text_field.hpp"
#include "wasm/ui/words.hpp"

// What is asked, of whom, about which pictures, and what that will take.

namespace vignette::ui {
namespace {

using caption::Policy;

struct Offers {
  std::vector<PickRow> rows;
  std::vector<std::string> ids;
  int chosen = -1;
};

Offers models_of(const Ui& ui, const std::string& chosen) {
  Offers out;
  for (const Connection& connection : ui.state.captioning.connections) {
    for (const ModelOffer& model : connection.models) {
      const bool again = std::find(out.ids.begin(), out.ids.end(), model.id) != out.ids.end();
      if (!model.vision || again) continue;
      PickRow row{model.name, connection.name, false};
      if (model.retired || !model.retires.empty()) {
        row.warns = true;
        row.hint = (model.retired ? "No longer offered" : "Retires on " + model.retires) +
                   (model.replaced_by.empty() ? "" : "; then " + model.replaced_by);
      }
      if (model.id == chosen) out.chosen = static_cast<int>(out.ids.size());
      out.rows.push_back(std::move(row));
      out.ids.push_back(model.id);
    }
  }
  return out;
}

void model_picker(Ui& ui, const char* id, const char* label, const char* key, const std::string& chosen) {
  const Offers offers = models_of(ui, chosen);
  field_label(ui, label);
  const int picked =
      picker(ui, id, label, offers.rows, offers.chosen, chosen.empty() ? "Choose one" : chosen);
  if (picked >= 0) ui.run("generate.set", key_value(key, offers.ids[static_cast<std::size_t>(picked)]));
}

void preset_picker(Ui& ui) {
  const GenerateForm& form = ui.state.captioning.form;
  const auto presets = all_presets(ui.state);
  std::vector<PickRow> rows;
  int chosen = -1;
  for (const caption::Preset* preset : presets) {
    if (preset->id == form.preset) chosen = static_cast<int>(rows.size());
    rows.push_back({preset->name, "", false});
  }
  field_label(ui, "Preset");
  const int picked = picker(ui, "preset", "Preset", rows, chosen, "");
  if (picked >= 0) ui.run("generate.set", key_value("preset", presets[static_cast<std::size_t>(picked)]->id));
  if (button(ui, "edit preset", "Edit…", {.kind = ButtonLook::Kind::Quiet, .icon = icon::kPencilLine}))
    ui.run("presets.edit");
}

void category_picker(Ui& ui, const Item* focus) {
  if (focus == nullptr) return;
  const std::string& own = caption_text(*focus, kCategorySet);
  std::vector<PickRow> rows = {{"That of the preset", "", false}};
  std::vector<std::string> ids = {""};
  int chosen = 0;
  for (const caption::Category& category : caption::categories()) {
    if (category.id == own) chosen = static_cast<int>(ids.size());
    rows.push_back({category.name, "", false});
    ids.push_back(category.id);
  }
  field_label(ui, "Category of the selected pictures");
  const int picked = picker(ui, "category", "Category of the selected pictures", rows, chosen, "");
  if (picked >= 0) ui.run("item.category", argument("category", ids[static_cast<std::size_t>(picked)]));
}

void context_field(Ui& ui) {
  field_label(ui, "Context");
  text_field(ui, {.field = "context",
                  .label = "Context",
                  .text = typed_text(ui, "context", "", ui.state.document().settings.context),
                  .placeholder = "What every caption begins with"});
}

void trigger_field(Ui& ui) {
  field_label(ui, "Trigger word");
  text_field(ui, {.field = "trigger",
                  .label = "Trigger word",
                  .text = typed_text(ui, "trigger", "", ui.state.document().settings.trigger),
                  .placeholder = "What [trigger] stands for"});
}

void parameters(Ui& ui) {
  const GenerateForm& form = ui.state.captioning.form;
  const caption::Parameters now = preset_of_form(ui.state).parameters;
  const std::string line = caption::write_parameters(now);
  field_label(ui, "Parameters in one line");
  text_field(ui, {.field = "parameters",
                  .label = "Parameters in one line",
                  .text = typed_text(ui, "parameters", "", line),
                  .placeholder = "max_tokens=512, temperature=0.2"});
  if (!form.parameter_error.empty())
    paragraph(ui, form.parameter_error, {kSmall, ui.look.error, false, kLeading});
  for (const char* key : {"temperature", "top_p", "max_tokens", "seed"}) {
    const caption::Field* field = caption::field_named(key);
    if (field == nullptr) continue;
    const std::string value = caption::value_text(now, *field).value_or("");
    const std::string id = std::string("parameter.") + key;
    field_label(ui, field->label);
    text_field(ui, {.field = id,
                    .label = field->label,
                    .text = typed_text(ui, id, "", value),
                    .placeholder = "not sent"});
  }
  if (form.own_parameters && button(ui, "own", "Use the preset's own", {.kind = ButtonLook::Kind::Quiet}))
    ui.run("generate.set", key_value("own_parameters", "false"));
}

void pace(Ui& ui) {
  const GenerateForm& form = ui.state.captioning.form;
  const auto at_once = static_cast<float>(form.concurrency);
  field_label(ui, "Calls at a time");
  const auto moved = slider(ui, "concurrency", "Calls at a time", at_once, {1, 8, 1},
                            std::to_string(form.concurrency), width_left(), true);
  if (moved)
    ui.run("generate.set", key_value("concurrency", std::to_string(static_cast<int>(*moved + 0.5F))));
  if (toggle(ui, "slow", "Slow mode", form.slow, "Three seconds between calls."))
    ui.run("generate.set", key_value("slow", form.slow ? "false" : "true"));
}

void scope_picker(Ui& ui) {
  static constexpr const char* kScopes[] = {"this", "selected", "all"};
  static constexpr Option kScopeOptions[] = {{"This"}, {"Selected"}, {"All"}};
  const GenerateForm& form = ui.state.captioning.form;
  int scope = 2;
  for (int i = 0; i < 3; ++i) scope = form.scope == kScopes[i] ? i : scope;
  field_label(ui, "Which pictures");
  if (const int p = segmented(ui, "scope", "Which pictures", kScopeOptions, scope); p >= 0)
    ui.run("generate.set", key_value("scope", kScopes[p]));
}

void policy_picker(Ui& ui) {
  static constexpr const char* kPolicies[] = {"missing", "failed", "model", "everything"};
  static constexpr Option kPolicyOptions[] = {
      {"Only empty ones", "Pictures that have a caption are left alone."},
      {"Only failed ones", "Those whose last try failed."},
      {"Also what models wrote", "Words that people wrote or imported stay."},
      {"Everything", "Also what people wrote, with the tick below."}};
  const GenerateForm& form = ui.state.captioning.form;
  field_label(ui, "Which captions");
  if (const int p = radio_list(ui, "policy", "Which captions", kPolicyOptions, static_cast<int>(form.policy));
      p >= 0)
    ui.run("generate.set", key_value("policy", kPolicies[p]));
  if (form.policy == Policy::Everything &&
      toggle(ui, "also people", "Overwrite words that people wrote", form.also_people))
    ui.run("generate.set", key_value("also_people", form.also_people ? "false" : "true"));
}

void start(Ui& ui) {
  const GeneratePlan& plan = ui.views.derived.generate_plan(ui.state);
  const auto count = static_cast<std::int64_t>(plan.scope.items.size());
  if (count > 0) paragraph(ui, plan.estimate.sentence, {kSmall, ui.look.text2, false, kLeading});
  if (plan.scope.people > 0) {
    const std::string lost = counted(static_cast<std::int64_t>(plan.scope.people), "caption", "captions") +
                             " that people wrote will be replaced.";
    paragraph(ui, lost, {kSmall, ui.look.warn, false, kLeading});
  }
  for (const caption::Skipped& skipped : plan.scope.skipped) hint(ui, skipped.sentence);
  const bool forbidden = ui.state.captioning.local_only && !runs_here(ui.state, spec_of_form(ui.state));
  const std::string why = forbidden    ? "“Local only” is on, so nothing is sent"
                          : count == 0 ? "No picture is left by these rules"
                                       : plan.problem;
  const std::string label = count == 0 ? "Generate" : "Generate " + counted(count, "caption", "captions");
  if (button(ui, "start", label,
             {.kind = ButtonLook::Kind::Primary,
              .icon = icon::kSparkles,
              .disabled = !why.empty(),
              .tip = why,
              .keys = "Ctrl+G",
              .width = -1}))
    ui.run("caption.generate");
  if (!why.empty()) hint(ui, why + (why.ends_with('.') ? "" : "."));
}

void further(Ui& ui) {
  const Captioning& captioning = ui.state.captioning;
  gap(ui, 14);
  heading(ui, "Two models, one picture", 3);
  model_picker(ui, "second", "Compare with", "second_model", captioning.form.second_model);
  if (button(ui, "compare", "Compare on this picture",
             {.icon = icon::kBot, .disabled = captioning.form.second_model.empty(), .width = -1}))
    ui.run("caption.compare");
  gap(ui, 14);
  heading(ui, "Refine captions", 3);
  const auto& fields = ui.state.session.fields;
  const auto wish = fields.find("refine-wish");
  text_field(ui, {.field = "refine-wish",
                  .label = "Instruction for refining",
                  .text = typed_text(ui, "refine-wish", "", wish == fields.end() ? "" : wish->second),
                  .placeholder = "Make it shorter; say left instead of right …"});
  hint(ui, "Only words are sent. What comes back are suggestions.");
  if (button(ui, "refine", "Refine in this scope", {.icon = icon::kPencilLine, .width = -1}))
    ui.run("caption.refine");
  if (button(ui, "describe", "Describe objects in this scope", {.icon = icon::kLibrary, .width = -1}))
    ui.run("describe.generate");
}

/// The card stands beside others that have a scope and a button of their own.
struct ScopedId {
  explicit ScopedId(const char* id) { ImGui::PushID(id); }
  ~ScopedId() { ImGui::PopID(); }
  ScopedId(const ScopedId&) = delete;
  ScopedId& operator=(const ScopedId&) = delete;
};

}  // namespace

void generate_card(Ui& ui) {
  const ScopedId id("generate");
  const Captioning& captioning = ui.state.captioning;
  bool busy = false;
  for (const Run& run : captioning.runs) {
    if (run.spec.kind == RunKind::Preview || run.spec.kind == RunKind::Compare) continue;
    run_card(ui, run);
    busy = true;
  }
  failed_list(ui);
  if (!captioning.suggestions.empty()) {
    const auto n = static_cast<std::int64_t>(captioning.suggestions.size());
    heading(ui, counted(n, "suggestion", "suggestions") + " to look at", 3);
    if (button(ui, "accept all", "Accept all", {.icon = icon::kCheck})) ui.run("suggestions.accept");
    ImGui::SameLine(0, ui.px(kGap));
    if (button(ui, "dismiss all", "Dismiss all", {.kind = ButtonLook::Kind::Quiet}))
      ui.run("suggestions.dismiss");
    gap(ui, 10);
  }
  if (busy) {
    pace(ui);
    return;
  }
  // The captioner on this machine is always there, but who has not chosen it is shown first how to get a
  // better one.
  const Connection* chosen = connection_for(ui.state, captioning.form.model);
  const bool connected =
      std::any_of(captioning.connections.begin(), captioning.connections.end(), [&](const Connection& c) {
        return !c.models.empty() && (c.kind != ConnectionKind::OnThisMachine || &c == chosen);
      });
  if (!connected) return connect_card(ui, true);
  heading(ui, "Generate captions", 3);
  if (chosen != nullptr) hint(ui, chosen->name + ": " + chosen->verdict);
  model_picker(ui, "model", "Model", "model", captioning.form.model);
  preset_picker(ui);
  context_field(ui);
  scope_picker(ui);
  gap(ui, 10);
  start(ui);
  gap(ui, 8);
  bool& open = ui.views.generate_details;
  if (button(ui, "details", open ? "Fewer settings" : "More settings",
             {.kind = ButtonLook::Kind::Quiet, .icon = icon::kSettings}))
    open = !open;
  if (open) {
    policy_picker(ui);
    trigger_field(ui);
    category_picker(ui, ui.state.document().find(ui.state.session.selection.focus));
    parameters(ui);
    pace(ui);
  }
  further(ui);
}

}  // namespace vignette::ui
