#include <algorithm>

#include "shared/caption/preset_json.hpp"
#include "wasm/app/captioning_parts.hpp"

// What a run needs to go on after a reload. Which pictures are done is not written down: the captions
// themselves say so, by their author and their time.

namespace vignette {
namespace {

constexpr TimeMs kStoreEveryMs = 10'000;
constexpr const char* kPolicies[] = {"missing", "failed", "model", "everything"};

Json preset_json(const caption::Preset& preset) {
  if (preset.built_in)
    return Json{{"id", preset.id}, {"parameters", caption::write_parameters(preset.parameters)}};
  return *parse_json(caption::write_presets({preset}));
}

std::optional<caption::Preset> preset_from(const Json& json) {
  if (const caption::Preset* known = caption::built_in_preset(text_at(json, "id"))) {
    caption::Preset preset = *known;
    if (auto parameters = caption::parse_parameters(text_at(json, "parameters")))
      preset.parameters = *parameters;
    return preset;
  }
  auto read = caption::read_presets(write_json(json));
  return read && !read->empty() ? std::optional(read->front()) : std::nullopt;
}

bool is_settled(const RunTask& task) {
  return task.state == TaskState::Done || task.state == TaskState::Suggested ||
         task.state == TaskState::Dropped;
}

std::string spec_json(const Run& run) {
  Json items = Json::array();
  Json failed = Json::object();
  for (const RunTask& task : run.tasks) {
    if (is_settled(task)) continue;
    if (task.state == TaskState::Failed) {
      failed[task.item] = task.reason;
    } else {
      items.push_back(task.item);
    }
  }
  const RunSpec& spec = run.spec;
  return write_json(Json{{"run", name_of(spec.kind)},
                         {"connection", spec.connection},
                         {"model", spec.model},
                         {"preset", preset_json(spec.preset)},
                         {"context", spec.context},
                         {"wish", spec.wish},
                         {"policy", kPolicies[static_cast<int>(spec.request.policy)]},
                         {"also_people", spec.request.also_people},
                         {"set", spec.request.set},
                         {"concurrency", spec.pace.concurrency},
                         {"slow", spec.pace.slow},
                         {"side", spec.side},
                         {"started", spec.started},
                         {"items", std::move(items)},
                         {"failed", std::move(failed)}});
}

std::optional<RunSpec> spec_from(const Json& json) {
  RunSpec spec;
  const std::string kind = text_at(json, "run");
  for (const RunKind each : {RunKind::Caption, RunKind::Describe, RunKind::Refine}) {
    if (kind == name_of(each)) spec.kind = each;
  }
  const Json* preset = member(json, "preset");
  const auto read = preset ? preset_from(*preset) : std::nullopt;
  if (!read) return std::nullopt;
  spec.preset = *read;
  spec.connection = static_cast<ConnectionId>(integer_at(json, "connection").value_or(0));
  spec.model = text_at(json, "model");
  spec.context = text_at(json, "context");
  spec.wish = text_at(json, "wish");
  const std::string policy = text_at(json, "policy");
  for (int i = 0; i < 4; ++i) {
    if (policy == kPolicies[i]) spec.request.policy = static_cast<caption::Policy>(i);
  }
  spec.request.also_people = flag_at(json, "also_people");
  spec.request.set = text_at(json, "set", kMainSet);
  spec.pace.concurrency = static_cast<int>(integer_at(json, "concurrency").value_or(2));
  spec.pace.slow = flag_at(json, "slow");
  spec.side = static_cast<int>(integer_at(json, "side").value_or(1024));
  spec.started = integer_at(json, "started").value_or(0);
  return spec;
}

/// Written by a model since the run began: that was this run, before the reload.
bool is_done_already(const Item& item, const RunSpec& spec) {
  const std::string set = spec.kind == RunKind::Describe ? kDescriptionSet : spec.request.set;
  const auto caption = item.captions.find(set);
  return caption != item.captions.end() && caption->second.time >= spec.started;
}

void adopt(State& state, const StoredJob& stored, Effects& effects) {
  const Result<Json> json = parse_json(stored.spec);
  std::optional<RunSpec> spec = json ? spec_from(*json) : std::nullopt;
  if (!spec) {
    effects.emplace_back(ForgetJob{stored.id});
    return;
  }
  Run run(*std::move(spec), static_cast<std::uint64_t>(state.now));
  run.stored_id = stored.id;
  for (const Json& id : items_at(*json, "items")) {
    const Item* item = id.is_string() ? state.document().find(id.get<std::string>()) : nullptr;
    if (item == nullptr) continue;
    if (is_done_already(*item, run.spec)) continue;
    RunTask task;
    task.item = item->id;
    task.model = run.spec.model;
    run.tasks.push_back(std::move(task));
  }
  if (const Json* failed = member(*json, "failed"); failed != nullptr && failed->is_object()) {
    for (const auto& [id, reason] : failed->items()) {
      if (state.document().find(id) && reason.is_string())
        state.captioning.failed[id] = {caption::Failure::Network, reason.get<std::string>()};
    }
  }
  state.captioning.last_spec = run.spec;
  if (run.tasks.empty()) {
    effects.emplace_back(ForgetJob{stored.id});
    return;
  }
  run.job = state.next_number++;
  for (std::uint32_t i = 0; i < run.tasks.size(); ++i) {
    run.pacer.add(i);
    state.captioning.busy[run.tasks[i].item] = run.job;
  }
  run.pacer.pause();
  run.halted =
      "A reload interrupted this; " + count_of(run.tasks.size(), "picture is", "pictures are") + " left.";
  Job job;
  job.id = run.job;
  job.kind = JobKind::Caption;
  job.label = (run.spec.kind == RunKind::Describe ? "Describe " : "Caption ") +
              count_of(run.tasks.size(), "picture", "pictures");
  job.total = static_cast<int>(run.tasks.size());
  state.jobs.push_back(std::move(job));
  show_toast(state, effects, run.halted, false, "caption.resume");
  state.captioning.runs.push_back(std::move(run));
}

}  // namespace

void store_run(State& state, Run& run, Effects& effects) {
  if (run.stored_id.empty() || run.ended) return;
  const caption::Counts counts = run.pacer.counts();
  StoredJob job;
  job.id = run.stored_id;
  job.kind = "caption";
  job.state = run.pacer.paused() ? "paused" : "running";
  job.spec = spec_json(run);
  job.done = counts.done;
  job.failed = counts.failed;
  job.total = static_cast<int>(run.tasks.size());
  effects.emplace_back(StoreJob{std::move(job)});
  run.stored_at = state.now;
  run.stored_dirty = false;
}

void store_runs_if_due(State& state, Effects& effects) {
  for (Run& run : state.captioning.runs) {
    if (run.stored_dirty && state.now >= run.stored_at + kStoreEveryMs) store_run(state, run, effects);
  }
}

void adopt_interrupted_runs(State& state, Effects& effects) {
  auto& interrupted = state.storage.interrupted;
  const auto is_run = [](const StoredJob& job) { return job.kind == "caption"; };
  std::vector<StoredJob> jobs;
  std::copy_if(interrupted.begin(), interrupted.end(), std::back_inserter(jobs), is_run);
  std::erase_if(interrupted, is_run);
  for (const StoredJob& job : jobs) adopt(state, job, effects);
}

}  // namespace vignette
