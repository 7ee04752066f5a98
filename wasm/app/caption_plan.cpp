#include "wasm/app/captioning_parts.hpp"

// What a run would do, before it does it: which pictures, for how long, for how much.

namespace vignette {
namespace {

constexpr std::int64_t kUsualLookMs = 200;  // before it was measured

}  // namespace

std::vector<Box> boxes_of(const Item& item) {
  std::vector<Box> boxes;
  const Result<Json> json = parse_json(caption_text(item, kBlackoutSet));
  if (!json || !json->is_array()) return boxes;
  for (const Json& one : *json) {
    if (!one.is_array() || one.size() != 4) continue;
    Box box{};
    for (std::size_t i = 0; i < 4; ++i) box[i] = one[i].is_number() ? one[i].get<double>() : 0;
    boxes.push_back(box);
  }
  return boxes;
}

std::vector<ItemId> items_in_scope(const State& state, const std::string& scope) {
  const Selection& selection = state.session.selection;
  std::vector<ItemId> ids;
  if (scope == "this") {
    if (!selection.focus.empty()) ids.push_back(selection.focus);
    return ids;
  }
  for (const auto& item : state.document().items) {
    if (scope != "selected" || selection.ids.count(item->id) != 0) ids.push_back(item->id);
  }
  return ids;
}

caption::ScopeRequest scope_request(const State& state, std::vector<ItemId> items, caption::Policy policy,
                                    bool also_people, RunKind kind) {
  caption::ScopeRequest request;
  request.items = std::move(items);
  request.policy = policy;
  request.also_people = also_people;
  if (kind == RunKind::Describe) request.set = kDescriptionSet;
  for (const auto& [item, why] : state.captioning.failed) request.failed.insert(item);
  for (const auto& [item, job] : state.captioning.busy) request.busy.insert(item);
  return request;
}

caption::Estimate estimate_of(const State& state, const RunSpec& spec, std::size_t pictures) {
  caption::EstimateRequest request;
  request.pictures = pictures;
  request.pace = spec.pace;
  request.params = spec.preset.parameters.chat;
  request.prompt_characters = spec.preset.system.size() + spec.preset.prompt.size();
  const Connection* connection = connection_for(state, spec.model);
  if (connection != nullptr) {
    if (const auto route = route_of(state, *connection, spec.model)) request.model = route->model;
  }
  const auto samples = state.captioning.samples.find(spec.model);
  if (samples != state.captioning.samples.end()) request.calls = samples->second;
  if (request.calls.empty() && runs_here(state, spec)) request.calls = {{kUsualLookMs, {}}};
  return caption::estimate_job(request);
}

caption::Preset preset_of_form(const State& state) {
  const GenerateForm& form = state.captioning.form;
  const caption::Preset* found = find_preset(state, form.preset);
  caption::Preset preset = found ? *found : caption::built_in_presets().front();
  if (form.own_parameters) preset.parameters = form.parameters;
  return preset;
}

RunSpec spec_of_form(const State& state) {
  const GenerateForm& form = state.captioning.form;
  RunSpec spec;
  spec.preset = preset_of_form(state);
  spec.kind = RunKind::Caption;
  spec.model = form.model;
  spec.context = state.document().settings.context;
  spec.request =
      scope_request(state, items_in_scope(state, form.scope), form.policy, form.also_people, spec.kind);
  spec.pace.concurrency = form.concurrency;
  spec.pace.slow = form.slow;
  spec.side = form.side;
  return spec;
}

}  // namespace vignette
