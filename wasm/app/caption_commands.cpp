#include <algorithm>

#include "shared/base/utf8.hpp"
#include "wasm/app/call.hpp"
#include "wasm/app/captioning_parts.hpp"

// What the commands of captioning do: runs, and what is done with their answers. Connections, presets and the
// ledger are in device_commands.cpp.

namespace vignette {
namespace {

using caption::Policy;

void refuse(Call& call, const Error& error) {
  call.error = error;
  if (call.request == 0) show_error(call.state, call.effects, error);
}

Policy policy_of(Call& call) {
  const std::string name = call.args.text("policy", "missing");
  if (name == "missing") return Policy::Missing;
  if (name == "failed") return Policy::Failed;
  if (name == "model") return Policy::ModelText;
  if (name != "everything")
    call.args.refuse("policy", "\"missing\", \"failed\", \"model\" or \"everything\"");
  return Policy::Everything;
}

caption::Preset preset_of(Call& call, const char* otherwise) {
  const std::string category = call.args.text("category", "");
  std::string id = call.args.text("preset", "");
  if (id.empty()) id = category.empty() ? otherwise : category + "." + call.args.text("length", "long");
  const caption::Preset* found = find_preset(call.state, id);
  if (!found) {
    call.args.refuse(category.empty() ? "preset" : "category", "one that presets.list names");
    return {};
  }
  caption::Preset preset = *found;
  if (call.args.has("parameters")) {
    const auto parameters = caption::parse_parameters(call.args.text("parameters"));
    if (parameters) {
      preset.parameters = *parameters;
    } else if (!call.error) {
      refuse(call, parameters.error());
    }
  } else if (call.state.captioning.form.own_parameters && call.request == 0) {
    preset.parameters = call.state.captioning.form.parameters;
  }
  return preset;
}

/// What the arguments say; for what they do not, the form when a person asks, and plain defaults for scripts.
RunSpec spec_of(Call& call, RunKind kind) {
  const GenerateForm form = call.request == 0 ? call.state.captioning.form : GenerateForm{};
  RunSpec spec;
  spec.kind = kind;
  spec.model = call.args.text("model", call.state.captioning.form.model.c_str());
  spec.preset = preset_of(call, kind == RunKind::Describe ? "description" : form.preset.c_str());
  spec.context = call.args.text("context", call.state.document().settings.context.c_str());
  // The panel asks for a tick beside "everything"; a script has said it in so many words.
  const bool ticked = call.request == 0 ? form.also_people : call.args.text("policy", "") == "everything";
  const bool also_people = call.args.flag("also_people", ticked);
  const Policy policy = call.args.has("policy") ? policy_of(call) : form.policy;
  std::vector<ItemId> items;
  if (call.args.has("scope") && call.args.raw()["scope"] == "this") {
    items = items_in_scope(call.state, "this");
  } else if (call.args.has("scope") || call.request != 0) {
    items = scope_items(call);
  } else {
    items = items_in_scope(call.state, form.scope);
  }
  spec.request = scope_request(call.state, std::move(items), policy, also_people, kind);
  spec.pace.concurrency = call.args.number("concurrency", form.concurrency);
  spec.pace.slow = call.args.flag("slow", form.slow);
  spec.side = call.args.number("side", form.side);
  if (spec.side < 64 || spec.side > 4096) call.args.refuse("side", "between 64 and 4096");
  if (spec.pace.concurrency < 1 || spec.pace.concurrency > 8)
    call.args.refuse("concurrency", "between 1 and 8");
  return spec;
}

void keep_context(Call& call, const std::string& context) {
  DatasetSettings settings = call.state.document().settings;
  const std::string words(trim(context));
  if (words.empty() || settings.context == words) return;
  settings.context = words;
  if (const auto done = take_step(call.state, ChangeSettings{settings}, call.effects); !done)
    refuse(call, done.error());
  call.state.history.seal();
}

void begin(Call& call, RunSpec spec) {
  if (call.error || call.args.error()) return;
  const auto job = start_run(call.state, std::move(spec), call.request, call.effects);
  if (!job) return refuse(call, job.error());
  call.answers_later = true;
}

void generate(Call& call) {
  RunSpec spec = spec_of(call, RunKind::Caption);
  if (call.error || call.args.error()) return;
  const std::string context = spec.context;
  begin(call, std::move(spec));
  if (!call.error) keep_context(call, context);
}

void describe_pictures(Call& call) { begin(call, spec_of(call, RunKind::Describe)); }

void refine(Call& call) {
  RunSpec spec = spec_of(call, RunKind::Refine);
  spec.wish = call.args.text("instruction", call.state.session.fields["refine-wish"].c_str());
  spec.request.policy = Policy::Everything;  // nothing is replaced: these are suggestions
  spec.request.also_people = true;
  std::erase_if(spec.request.items, [&](const ItemId& id) {
    const Item* item = call.state.document().find(id);
    return item == nullptr || !is_captioned(*item);
  });
  begin(call, std::move(spec));
}

void estimate(Call& call) {
  const RunSpec spec = spec_of(call, RunKind::Caption);
  if (call.error || call.args.error()) return;
  const caption::ScopePlan plan = caption::plan_scope(call.state.document(), spec.request);
  const caption::Estimate told = estimate_of(call.state, spec, plan.items.size());
  nlohmann::json skipped = nlohmann::json::array();
  for (const caption::Skipped& one : plan.skipped) skipped.push_back(one.sentence);
  call.result = {
      {"pictures", plan.items.size()}, {"people", plan.people},    {"skipped", skipped}, {"ms", told.ms},
      {"measured", told.measured},     {"sentence", told.sentence}};
  if (told.cost) call.result["cost_micro_usd"] = *told.cost;
}

void with_run(Call& call, void (*act)(State&, Run&, Effects&)) {
  const auto job = static_cast<std::uint32_t>(std::max(0, call.args.number("job", 0)));
  if (call.args.error()) return;
  Run* run = run_meant(call.state, job);
  if (run == nullptr) return refuse(call, {ErrorCode::NotFound, "No captions are being generated.", ""});
  act(call.state, *run, call.effects);
}

void retry(Call& call) {
  std::vector<ItemId> items;
  if (call.args.has("items")) {
    items = call.args.texts("items");
  } else {
    for (const auto& [item, why] : call.state.captioning.failed) items.push_back(item);
    const Document& document = call.state.document();
    std::sort(items.begin(), items.end(),
              [&](const ItemId& a, const ItemId& b) { return document.position(a) < document.position(b); });
  }
  if (call.args.error()) return;
  const auto job = retry_failed(call.state, items, call.request, call.effects);
  if (!job) return refuse(call, job.error());
  call.answers_later = true;
}

void compare(Call& call) {
  const Captioning& captioning = call.state.captioning;
  const ItemId item = call.args.text("item", call.state.session.selection.focus.c_str());
  const std::string left = call.args.text("left", captioning.form.model.c_str());
  const std::string right = call.args.text("right", captioning.form.second_model.c_str());
  if (call.args.error()) return;
  const auto job = start_comparison(call.state, item, left, right, call.request, call.effects);
  if (!job) return refuse(call, job.error());
  call.answers_later = true;
}

void choose_words(Call& call) {
  auto& comparison = call.state.captioning.comparison;
  const int block = call.args.number("block", 0);
  const bool right = call.args.flag("right", true);
  if (call.args.error() || !comparison || block < 0 || block > 10'000) return;
  const auto at = static_cast<std::size_t>(block);
  if (comparison->take_right.size() <= at) comparison->take_right.resize(at + 1);
  comparison->take_right[at] = right;
  call.result = {{"text", merged_comparison(*comparison)}};
}

std::vector<ItemId> suggested(Call& call) {
  if (call.args.has("items")) return call.args.texts("items");
  std::vector<ItemId> items;
  for (const auto& [item, suggestion] : call.state.captioning.suggestions) items.push_back(item);
  return items;
}

void dismiss(Call& call) {
  for (const ItemId& item : suggested(call)) call.state.captioning.suggestions.erase(item);
}

/// Texts of side sets and fixes: a person's own.
void write_texts(Call& call, std::vector<WriteCaptions::Text> texts, std::string label) {
  save_draft(call.state, call.effects);
  const WriteCaptions write{std::move(texts), {AuthorKind::Human, ""}, call.state.now, std::move(label)};
  const auto changed = take_step(call.state, write, call.effects);
  if (!changed) return refuse(call, changed.error());
  call.state.history.seal();
  refresh_draft(call.state, call.effects);
  call.result = {{"changed", *changed}};
}

void set_category(Call& call) {
  const std::string category = call.args.text("category");
  const auto& known = caption::categories();
  if (!category.empty() &&
      std::none_of(known.begin(), known.end(), [&](const auto& c) { return c.id == category; }))
    call.args.refuse("category", "one of the eight, or \"\"");
  std::vector<ItemId> items;
  if (call.args.has("items")) {
    items = call.args.texts("items");
  } else {
    const auto& chosen = call.state.session.selection.ids;
    items.assign(chosen.begin(), chosen.end());
  }
  if (call.args.error()) return;
  std::vector<WriteCaptions::Text> texts;
  for (const ItemId& item : items) texts.push_back({item, kCategorySet, category});
  const std::string whose = count_of(texts.size(), "picture", "pictures");
  write_texts(call, std::move(texts), "Set the category of " + whose);
}

void black_out(Call& call) {
  const std::string item = call.args.text("item");
  const nlohmann::json& boxes = call.args.raw().value("boxes", nlohmann::json());
  bool fine = boxes.is_array();
  for (const auto& box : fine ? boxes : nlohmann::json::array()) {
    fine =
        fine && box.is_array() && box.size() == 4 && std::all_of(box.begin(), box.end(), [](const auto& n) {
          return n.is_number() && n.template get<double>() >= 0 && n.template get<double>() <= 1;
        });
  }
  if (!fine) call.args.refuse("boxes", "a list of [x, y, width, height], each between 0 and 1");
  if (call.args.error()) return;
  write_texts(call, {{item, kBlackoutSet, boxes.empty() ? "" : boxes.dump()}},
              "Black out parts of a picture");
}

void set_description(Call& call) {
  const std::string item = call.args.text("item");
  const std::string text = call.args.text("text");
  if (!call.args.error()) write_texts(call, {{item, kDescriptionSet, text}}, "Edit a description");
}

void set_trigger(Call& call) {
  DatasetSettings settings = call.state.document().settings;
  settings.trigger = std::string(trim(call.args.text("trigger")));
  if (call.args.error()) return;
  const auto done = take_step(call.state, ChangeSettings{settings, "Change the trigger word"}, call.effects);
  if (!done) return refuse(call, done.error());
  call.state.history.seal();
}

caption::Situation situation(Call& call) {
  const caption::Preset preset = preset_of(call, call.state.captioning.form.preset.c_str());
  return {preset.checks, call.state.document().settings.context, preset.shape, false};
}

const Item* item_meant(Call& call) {
  const Item* item =
      call.state.document().find(call.args.text("item", call.state.session.selection.focus.c_str()));
  if (item == nullptr) refuse(call, {ErrorCode::NotFound, "There is no such picture.", ""});
  return item;
}

void check_caption(Call& call) {
  const Item* item = item_meant(call);
  const caption::Situation rules = situation(call);
  if (item == nullptr || call.args.error()) return;
  static constexpr const char* kStates[] = {"kept", "fixed", "broken"};
  call.result = nlohmann::json::array();
  for (const caption::Verdict& verdict : caption::inspect(caption_text(*item), rules)) {
    call.result.push_back({{"rule", name_of(verdict.rule)},
                           {"state", kStates[static_cast<int>(verdict.state)]},
                           {"sentence", verdict.sentence}});
  }
}

void fix_caption(Call& call) {
  const Item* item = item_meant(call);
  const caption::Situation rules = situation(call);
  const std::string rule = call.args.text("rule", "");
  const auto only = caption::rule_named(rule);
  if (!rule.empty() && !only) call.args.refuse("rule", "the name of a check");
  if (item == nullptr || call.args.error()) return;
  std::string text = caption_text(*item);
  for (std::size_t i = 0; i < caption::kRules; ++i) {
    const auto each = static_cast<caption::Rule>(i);
    if ((only && *only != each) || !caption::applies(each, rules)) continue;
    if (const auto fault = caption::judge(each, text, rules); fault && fault->fixed) text = *fault->fixed;
  }
  write_texts(call, {{item->id, kMainSet, text}}, "Fix the caption of " + item->name);
}

}  // namespace

const Handlers& caption_handlers() {
  static const Handlers kHandlers = {
      {"caption.generate", generate},
      {"caption.estimate", estimate},
      {"caption.pause", [](Call& c) { with_run(c, pause_run); }},
      {"caption.resume", [](Call& c) { with_run(c, resume_run); }},
      {"caption.cancel", [](Call& c) { with_run(c, cancel_run); }},
      {"caption.retry", retry},
      {"caption.refine", refine},
      {"caption.compare", compare},
      {"caption.compare-choose", choose_words},
      {"caption.compare-keep",
       [](Call& c) {
         const std::string which = c.args.text("which");
         if (c.args.error()) return;
         if (const auto done = keep_comparison(c.state, which, c.effects); !done) refuse(c, done.error());
       }},
      {"caption.compare-close", [](Call& c) { c.state.captioning.comparison.reset(); }},
      {"caption.check", check_caption},
      {"caption.fix", fix_caption},
      {"describe.generate", describe_pictures},
      {"description.set", set_description},
      {"suggestions.accept", [](Call& c) { accept_suggestions(c.state, suggested(c), c.effects); }},
      {"suggestions.dismiss", dismiss},
      {"item.category", set_category},
      {"item.blackout", black_out},
      {"dataset.trigger", set_trigger},
  };
  return kHandlers;
}

}  // namespace vignette
