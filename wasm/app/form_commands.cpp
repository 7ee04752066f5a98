#include <algorithm>

#include "shared/base/utf8.hpp"
#include "shared/caption/checks_json.hpp"
#include "shared/caption/preset_json.hpp"
#include "wasm/app/call.hpp"
#include "wasm/app/captioning_parts.hpp"

// What the commands behind the generate panel and the preset editor do: they only set what these hold.

namespace vignette {
namespace {

void refuse(Call& call, const Error& error) {
  call.error = error;
  if (call.request == 0) show_error(call.state, call.effects, error);
}

caption::Policy policy_named(const std::string& name) {
  if (name == "failed") return caption::Policy::Failed;
  if (name == "model") return caption::Policy::ModelText;
  return name == "everything" ? caption::Policy::Everything : caption::Policy::Missing;
}

void choose_category(Call& call, GenerateForm& form, const std::string& category) {
  const caption::Preset* now = find_preset(call.state, form.preset);
  const std::string length = now && !now->length.empty() ? now->length : "long";
  if (caption::built_in_preset(category + "." + length)) form.preset = category + "." + length;
}

void choose_length(Call& call, GenerateForm& form, const std::string& length) {
  const caption::Preset* now = find_preset(call.state, form.preset);
  if (now && !now->category.empty() && caption::built_in_preset(now->category + "." + length))
    form.preset = now->category + "." + length;
}

void set_form(Call& call) {
  const std::string key = call.args.text("key");
  const std::string value = call.args.text("value");
  if (call.args.error()) return;
  GenerateForm& form = call.state.captioning.form;
  const auto is_on = [&] { return value == "true"; };
  if (key == "model")
    form.model = value;
  else if (key == "second_model")
    form.second_model = value;
  else if (key == "preset" && find_preset(call.state, value))
    form.preset = value;
  else if (key == "category")
    choose_category(call, form, value);
  else if (key == "length")
    choose_length(call, form, value);
  else if (key == "scope")
    form.scope = value;
  else if (key == "policy")
    form.policy = policy_named(value);
  else if (key == "also_people")
    form.also_people = is_on();
  else if (key == "slow")
    form.slow = is_on();
  else if (key == "concurrency")
    form.concurrency = std::clamp(std::atoi(value.c_str()), 1, 8);
  else if (key == "side")
    form.side = std::clamp(std::atoi(value.c_str()), 256, 4096);
  else if (key == "own_parameters" && !is_on())
    form.own_parameters = false, form.parameter_error.clear();
  else if (key.starts_with("parameter."))
    set_parameter(call.state, key.substr(10), value);
  if (key == "policy") form.also_people = false;  // a tick is for what it stands beside
  if (key == "model" || key == "preset") store_device(call.state, call.effects);
  for (Run& run : call.state.captioning.runs) {
    if (key != "slow" && key != "concurrency") break;
    run.spec.pace.concurrency = form.concurrency;
    run.spec.pace.slow = form.slow;
    run.pacer.set_pace(run.spec.pace);
  }
}

void generate_this(Call& call) {
  const ItemId item = call.args.text("item", call.state.session.selection.focus.c_str());
  if (call.args.error() || !call.state.document().find(item)) return;
  RunSpec spec = spec_of_form(call.state);
  const Item& target = *call.state.document().find(item);
  const auto caption = target.captions.find(kMainSet);
  if (caption != target.captions.end() && caption->second.author.kind != AuthorKind::Model) {
    return refuse(call, {ErrorCode::Refused, "Somebody wrote this caption, so it is left alone.",
                         "Clear it first, or compare two models on this picture."});
  }
  spec.request = scope_request(call.state, {item}, caption::Policy::ModelText, false, RunKind::Caption);
  const auto job = start_run(call.state, std::move(spec), call.request, call.effects);
  if (!job) return refuse(call, job.error());
  call.answers_later = true;
}

// ---- the preset editor
// ---------------------------------------------------------------------------------------

constexpr const char* kFieldNames[] = {"preset-name", "preset-system", "preset-prompt", "preset-parameters"};

void edit_preset(Call& call) {
  const std::string id = call.args.text("id", call.state.captioning.form.preset.c_str());
  const caption::Preset* found = find_preset(call.state, id);
  if (found == nullptr) return;
  PresetDraft& draft = call.state.captioning.draft;
  draft = {};
  draft.open = true;
  call.state.session.dialog = Dialog::Preset;
  draft.preset = *found;
  if (found->built_in) {
    draft.preset.id.clear();
    draft.preset.name += " (mine)";
  }
  auto& fields = call.state.session.fields;
  fields[kFieldNames[0]] = draft.preset.name;
  fields[kFieldNames[1]] = draft.preset.system;
  fields[kFieldNames[2]] = draft.preset.prompt;
  fields[kFieldNames[3]] = caption::write_parameters(draft.preset.parameters);
}

/// The draft as it stands in its fields.
Result<caption::Preset> typed_preset(State& state) {
  PresetDraft& draft = state.captioning.draft;
  auto& fields = state.session.fields;
  draft.preset.name = std::string(trim(fields[kFieldNames[0]]));
  draft.preset.system = fields[kFieldNames[1]];
  draft.preset.prompt = fields[kFieldNames[2]];
  auto parameters = caption::parse_parameters(fields[kFieldNames[3]]);
  if (!parameters) return parameters.error();
  draft.preset.parameters = *std::move(parameters);
  const auto checked = caption::read_presets(caption::write_presets({draft.preset}));
  if (!checked) return checked.error();
  return draft.preset;
}

void change_draft(Call& call) {
  const std::string key = call.args.text("key");
  const std::string value = call.args.text("value");
  PresetDraft& draft = call.state.captioning.draft;
  if (call.args.error() || !draft.open) return;
  if (key == "shape") {
    draft.preset.shape = value == "tags"          ? caption::Shape::Tags
                         : value == "description" ? caption::Shape::Description
                                                  : caption::Shape::Prose;
  } else if (const std::size_t dot = key.find('.'); dot != std::string::npos) {
    const auto rule = caption::rule_named(key.substr(0, dot));
    const auto reaction = caption::reaction_named(value);
    if (!rule) return;
    if (key.substr(dot) == ".limit")
      set_limit(draft.preset.checks, *rule, value);
    else if (reaction && caption::can_react(*rule, *reaction))
      draft.preset.checks.of(*rule) = *reaction;
  }
}

void keep_draft(Call& call) {
  PresetDraft& draft = call.state.captioning.draft;
  if (!draft.open) return;
  auto preset = typed_preset(call.state);
  auto id = preset ? save_preset(call.state, *preset, call.effects) : Result<std::string>(preset.error());
  if (!id) {
    draft.error = id.error().message + " " + id.error().hint;
    return refuse(call, id.error());
  }
  draft = {};
  call.state.session.dialog = Dialog::None;
  show_toast(call.state, call.effects, "The preset is saved on this device.");
  call.result = {{"id", *id}};
}

/// One picture with the preset as it stands. Nothing is stored.
void try_draft(Call& call) {
  PresetDraft& draft = call.state.captioning.draft;
  if (!draft.open) return;
  draft.error.clear();
  auto preset = typed_preset(call.state);
  if (!preset) {
    draft.error = preset.error().message + " " + preset.error().hint;
    return refuse(call, preset.error());
  }
  if (Run* old = call.state.captioning.run_of(draft.job)) cancel_run(call.state, *old, call.effects);
  RunSpec spec = spec_of_form(call.state);
  spec.kind = RunKind::Preview;
  spec.preset = *preset;
  spec.request = {};
  spec.request.items = {call.state.session.selection.focus};
  const auto job = start_run(call.state, std::move(spec), call.request, call.effects);
  if (!job) {
    draft.error = job.error().message + " " + job.error().hint;
    return refuse(call, job.error());
  }
  draft.job = *job;
  draft.preview.clear();
  draft.verdicts.clear();
  call.answers_later = true;
}

}  // namespace

const Handlers& form_handlers() {
  static const Handlers kHandlers = {
      {"generate.set", set_form},      {"caption.this", generate_this}, {"presets.edit", edit_preset},
      {"presets.draft", change_draft}, {"presets.keep", keep_draft},    {"presets.try", try_draft},
  };
  return kHandlers;
}

}  // namespace vignette
