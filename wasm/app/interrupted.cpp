#include <algorithm>
#include <nlohmann/json.hpp>

#include "wasm/app/parts.hpp"

// Jobs that a reload must not swallow. Each is remembered while it runs and forgotten when it has ended; what
// is still remembered when a dataset is opened was interrupted, and goes on when the person says so.

namespace vignette {
namespace {

/// How often the numbers of a running job are written down, in finished parts.
constexpr int kEvery = 50;

const char* kind_of(JobKind kind) { return kind == JobKind::Import ? "import" : "export"; }

const StoredJob* find(const State& state, const std::string& id) {
  const auto& jobs = state.storage.interrupted;
  const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const auto& j) { return j.id == id; });
  return found == jobs.end() ? nullptr : &*found;
}

Error unknown(const std::string& id) {
  return {ErrorCode::NotFound, "There is no interrupted job \"" + id + "\".",
          "vignette.state().storage.interrupted lists them."};
}

}  // namespace

void remember_job(State& state, Job& job, std::string spec, Effects& effects) {
  if (!is_durable(state.storage)) return;
  job.stored.id = std::to_string(state.now) + "-" + std::to_string(job.id);
  job.stored.kind = kind_of(job.kind);
  job.stored.state = "running";
  job.stored.spec = std::move(spec);
  job.stored.total = job.total;
  effects.emplace_back(StoreJob{job.stored});
}

void note_progress(Job& job, Effects& effects) {
  if (job.stored.id.empty()) return;
  const bool moved = job.done + job.failed >= job.stored.done + job.stored.failed + kEvery;
  if (!moved) return;
  job.stored.done = job.done;
  job.stored.failed = job.failed;
  job.stored.total = job.total;
  effects.emplace_back(StoreJob{job.stored});
}

void forget_stored(Job& job, Effects& effects) {
  if (job.stored.id.empty()) return;
  effects.emplace_back(ForgetJob{job.stored.id});
  job.stored = {};
}

void forget_running_jobs(State& state, Effects& effects) {
  for (Job& job : state.jobs) forget_stored(job, effects);
}

std::string describe_interrupted(const StoredJob& job) {
  if (job.kind == "import") {
    return "Adding pictures was interrupted after " + std::to_string(job.done) + " of " +
           std::to_string(job.total) +
           ". Choose the same files or folder again: what is here already is skipped.";
  }
  return "An export was interrupted. It can be made again with the same options.";
}

std::optional<Error> continue_job(State& state, const std::string& id, Effects& effects) {
  const StoredJob* found = find(state, id);
  if (!found) return unknown(id);
  if (found->kind != "import" && found->kind != "export") return unknown(id);
  const StoredJob job = *found;
  (void)discard_job(state, id, effects);
  if (job.kind == "import") {
    effects.emplace_back(PickFiles{job.spec.find("\"folder\":true") != std::string::npos});
  } else {
    const nlohmann::json spec = nlohmann::json::parse(job.spec, nullptr, false);
    if (spec.is_object() && spec.contains("selected") && spec["selected"].is_array()) {
      state.session.selection.ids.clear();
      for (const auto& item : spec["selected"]) {
        if (item.is_string()) state.session.selection.ids.insert(item.get<std::string>());
      }
      forget_missing(state);
    }
    on(state, RunCommand{"export", job.spec, 0}, effects);
  }
  return std::nullopt;
}

std::optional<Error> discard_job(State& state, const std::string& id, Effects& effects) {
  if (!find(state, id)) return unknown(id);
  std::erase_if(state.storage.interrupted, [&](const StoredJob& job) { return job.id == id; });
  effects.emplace_back(ForgetJob{id});
  return std::nullopt;
}

}  // namespace vignette
