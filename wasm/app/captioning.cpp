#include "wasm/app/captioning.hpp"

#include <algorithm>

#include "wasm/app/captioning_parts.hpp"

// Runs: some pictures, one after the other, at the pace their provider allows. The pacer of shared/caption
// decides when; this keeps the books and tells people and scripts how it goes.

namespace vignette {
namespace {

using caption::Failure;

constexpr std::size_t kLatestAnswers = 20;

const char* verb(RunKind kind) {
  switch (kind) {
    case RunKind::Caption: return "Caption ";
    case RunKind::Describe: return "Describe ";
    case RunKind::Refine: return "Refine ";
    case RunKind::Compare: return "Compare on ";
    case RunKind::Preview: return "Try on ";
  }
  return "";
}

bool is_for_looking(RunKind kind) { return kind == RunKind::Compare || kind == RunKind::Preview; }

Result<Done> check(const State& state, const RunSpec& spec) {
  if (spec.kind == RunKind::Refine) {
    if (spec.wish.empty())
      return Error{ErrorCode::InvalidInput, "There is no instruction.", "Say what should be changed."};
  } else if (Result<Done> ready = caption::check_ready(spec.preset, spec.context); !ready) {
    return ready;
  }
  const bool here = runs_here(state, spec);
  if (spec.kind == RunKind::Refine && here) {
    return Error{ErrorCode::Unsupported,
                 "The captioner on this machine sees pictures, but cannot edit words.",
                 "Choose another model."};
  }
  if (state.captioning.local_only && !here)
    return Error{ErrorCode::Refused, "“Local only” is on, so nothing is sent.", "Switch it off first."};
  if (spec.model.empty())
    return Error{ErrorCode::InvalidInput, "No model is chosen.", "Connect first, then choose one."};
  return Done{};
}

nlohmann::json result_of(const Run& run) {
  const caption::Counts counts = run.pacer.counts();
  return {{"done", counts.done},
          {"failed", counts.failed},
          {"skipped", run.skipped},
          {"cancelled", counts.cancelled}};
}

void tell_end(State& state, const Run& run, bool cancelled, Effects& effects) {
  const caption::Counts counts = run.pacer.counts();
  const auto done = static_cast<std::size_t>(counts.done);
  if (run.request != 0) {
    nlohmann::json result = result_of(run);
    if (is_for_looking(run.spec.kind)) {
      nlohmann::json texts = nlohmann::json::array();
      for (const RunTask& task : run.tasks)
        texts.push_back({{"model", task.model}, {"text", task.text}, {"problem", task.reason}});
      result["texts"] = std::move(texts);
    }
    effects.emplace_back(
        Reply{run.request, result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), {}});
  }
  if (is_for_looking(run.spec.kind)) return;
  static constexpr const char* kDone[] = {"Captioned ", "Described ", "Suggestions for "};
  std::string text = cancelled ? "Stopped. " : "";
  text += kDone[static_cast<int>(run.spec.kind)] + count_of(done, "picture", "pictures");
  if (counts.failed > 0) text += ", " + std::to_string(counts.failed) + " failed";
  if (counts.left() + counts.cancelled > 0 && cancelled)
    text += ", " + std::to_string(counts.cancelled) + " left as they were";
  show_toast(state, effects, text + ".", counts.failed > 0, counts.failed > 0 ? "caption.retry" : "");
}

void end_run(State& state, Run& run, bool cancelled, Effects& effects) {
  Job* job = state.find_job(run.job);
  if (job != nullptr) job->state = cancelled ? JobState::Cancelled : JobState::Done;
  for (const RunTask& task : run.tasks) {
    const auto busy = state.captioning.busy.find(task.item);
    if (busy != state.captioning.busy.end() && busy->second == run.job) state.captioning.busy.erase(busy);
  }
  tell_end(state, run, cancelled, effects);
  if (!run.stored_id.empty()) effects.emplace_back(ForgetJob{run.stored_id});
  if (run.spec.kind != RunKind::Preview && run.spec.kind != RunKind::Compare) state.history.seal();
  // A job without news has nothing to show any more; the toast said it all.
  const std::uint32_t id = run.job;
  if (job != nullptr && job->rejected.empty())
    std::erase_if(state.jobs, [&](const Job& j) { return j.id == id; });
  run.ended = true;
}

/// A wait that a provider asked one run to make holds for all runs there.
TimeMs blocked_until(const State& state, ConnectionId connection) {
  TimeMs until = 0;
  for (const Run& run : state.captioning.runs) {
    if (run.spec.connection == connection) until = std::max(until, run.pacer.blocked_until());
  }
  return until;
}

void advance(State& state, Run& run, Effects& effects) {
  run.wake.reset();
  if (run.pacer.finished()) return end_run(state, run, false, effects);
  if (run.pacer.paused() || state.storage.opening) return;
  if (const auto refusal = why_not_edit(state); refusal && !is_for_looking(run.spec.kind)) {
    pause_run(state, run, effects);
    run.halted = refusal->message;
    return;
  }
  if (const TimeMs until = blocked_until(state, run.spec.connection); until > state.now) {
    run.wake = until;
    return;
  }
  while (true) {
    const caption::Next next = run.pacer.next(state.now);
    run.wake = next.wake;
    if (next.start.empty()) break;
    for (const caption::Start& start : next.start) {
      run.tasks[start.task].attempts = start.attempt;
      start_task(state, run, start.task, start.half_size, effects);
    }
  }
  if (run.pacer.finished()) end_run(state, run, false, effects);
}

RunTask task_for(const ItemId& item, const std::string& model) {
  RunTask task;
  task.item = item;
  task.model = model;
  return task;
}

std::vector<RunTask> planned_tasks(const State& state, const RunSpec& spec, std::size_t& skipped) {
  std::vector<RunTask> tasks;
  if (is_for_looking(spec.kind)) {
    for (const ItemId& item : spec.request.items) tasks.push_back(task_for(item, spec.model));
  } else {
    const caption::ScopePlan plan = caption::plan_scope(state.document(), spec.request);
    skipped = plan.total - plan.items.size();
    for (const ItemId& item : plan.items) tasks.push_back(task_for(item, spec.model));
  }
  return tasks;
}

}  // namespace

bool is_side_set(std::string_view set) {
  return set == kDescriptionSet || set == kCategorySet || set == kBlackoutSet || set == kSeenSet;
}

const char* name_of(RunKind kind) {
  static constexpr const char* kNames[] = {"caption", "describe", "refine", "compare", "preview"};
  return kNames[static_cast<int>(kind)];
}

const Connection* Captioning::find(ConnectionId number) const {
  const auto found = std::find_if(connections.begin(), connections.end(),
                                  [&](const Connection& c) { return c.number == number; });
  return found == connections.end() ? nullptr : &*found;
}
Connection* Captioning::find(ConnectionId number) {
  return const_cast<Connection*>(std::as_const(*this).find(number));
}
const Run* Captioning::run_of(std::uint32_t job) const {
  const auto found = std::find_if(runs.begin(), runs.end(), [&](const Run& r) { return r.job == job; });
  return job == 0 || found == runs.end() ? nullptr : &*found;
}
Run* Captioning::run_of(std::uint32_t job) { return const_cast<Run*>(std::as_const(*this).run_of(job)); }
const provider::Catalogue& Captioning::all() const {
  return catalogue ? *catalogue : provider::Catalogue::built_in();
}

Result<std::uint32_t> start_run(State& state, RunSpec spec, std::uint32_t request, Effects& effects) {
  save_draft(state, effects);
  if (Result<Done> fine = check(state, spec); !fine) return fine.error();
  const Connection* connection =
      spec.connection != 0 ? state.captioning.find(spec.connection) : connection_for(state, spec.model);
  if (connection == nullptr) {
    return Error{ErrorCode::NotFound, "No connection offers the model “" + spec.model + "”.",
                 "Connect first, then choose one of its models."};
  }
  spec.connection = connection->number;
  spec.started = state.now;
  Run run(std::move(spec), static_cast<std::uint64_t>(state.now));
  run.tasks = planned_tasks(state, run.spec, run.skipped);
  run.request = request;
  if (run.tasks.empty()) {
    if (request != 0)
      effects.emplace_back(Reply{request, result_of(run).dump(), {}});
    else
      show_toast(state, effects, "There is nothing to do: no picture of the scope is left by these rules.");
    return 0U;
  }
  for (std::uint32_t i = 0; i < run.tasks.size(); ++i) {
    run.pacer.add(i);
    if (!is_for_looking(run.spec.kind)) state.captioning.busy[run.tasks[i].item] = state.next_number;
  }
  // From here on only the rules count; who is in it has been decided.
  run.spec.request.items.clear();
  run.spec.request.failed.clear();
  run.spec.request.busy.clear();
  if (run.spec.request.policy == caption::Policy::Failed)
    run.spec.request.policy = caption::Policy::ModelText;
  Job job;
  job.id = run.job = state.next_number++;
  job.kind = JobKind::Caption;
  job.label = verb(run.spec.kind) + count_of(run.tasks.size(), "picture", "pictures");
  job.total = static_cast<int>(run.tasks.size());
  state.jobs.push_back(std::move(job));
  if (!is_for_looking(run.spec.kind)) {
    run.stored_id = "run-" + std::to_string(state.now) + "-" + std::to_string(run.job);
    state.captioning.last_spec = run.spec;
    store_run(state, run, effects);
  }
  const std::uint32_t id = run.job;
  state.captioning.runs.push_back(std::move(run));
  return id;
}

/// Another dataset is open now. Runs of the one before are stored with it, and go on when it is opened again.
void follow_dataset(State& state, Effects& effects) {
  Captioning& captioning = state.captioning;
  const std::string& id = state.document().id;
  if (captioning.dataset == id) return;
  const bool another = !captioning.dataset.empty();
  captioning.dataset = id;
  if (!another) return;
  for (Run& run : captioning.runs) {
    for (const caption::TaskId task : run.pacer.cancel()) drop_call(state, run.tasks[task].call, effects);
    if (run.request != 0) {
      const Error error{ErrorCode::Cancelled, "Another dataset was opened.",
                        "Go on when this one is open again."};
      effects.emplace_back(Reply{run.request, "null", error});
    }
    std::erase_if(state.jobs, [&](const Job& job) { return job.id == run.job; });
  }
  captioning.runs.clear();
  captioning.failed.clear();
  captioning.suggestions.clear();
  captioning.busy.clear();
  captioning.ledger.clear();
  captioning.comparison.reset();
}

void advance_runs(State& state, Effects& effects) {
  send_due_polls(state, effects);
  for (std::size_t i = 0; i < state.captioning.runs.size(); ++i)
    advance(state, state.captioning.runs[i], effects);
  std::erase_if(state.captioning.runs, [](const Run& run) { return run.ended; });
  store_runs_if_due(state, effects);
}

std::optional<TimeMs> captioning_wake(const State& state) {
  std::optional<TimeMs> next;
  const auto consider = [&](TimeMs at) { next = next ? std::min(*next, at) : at; };
  for (const Run& run : state.captioning.runs) {
    if (!run.wake) continue;
    // Who waits long sees the seconds pass.
    consider(std::min(*run.wake, (state.now / 1000 + 1) * 1000));
  }
  for (const auto& [id, call] : state.captioning.calls) {
    if (call.poll) consider(call.poll_at);
  }
  return next;
}

void pause_run(State& state, Run& run, Effects& effects) {
  run.pacer.pause();
  run.halted.clear();
  run.finished_at.clear();  // the rate begins anew
  store_run(state, run, effects);
}

void resume_run(State& state, Run& run, Effects& effects) {
  run.pacer.resume();
  run.halted.clear();
  // The key may have been typed again meanwhile, under another connection.
  if (const Connection* best = connection_for(state, run.spec.model)) {
    run.spec.connection = best->number;
    run.routes.clear();
  }
  store_run(state, run, effects);
}

void cancel_run(State& state, Run& run, Effects& effects) {
  for (const caption::TaskId task : run.pacer.cancel()) drop_call(state, run.tasks[task].call, effects);
  for (RunTask& task : run.tasks) {
    if (task.state != TaskState::Done && task.state != TaskState::Failed &&
        task.state != TaskState::Suggested)
      task.state = TaskState::Dropped;
  }
  end_run(state, run, true, effects);
}

Result<std::uint32_t> retry_failed(State& state, const std::vector<ItemId>& items, std::uint32_t request,
                                   Effects& effects) {
  if (!state.captioning.last_spec)
    return Error{ErrorCode::NotFound, "Nothing has failed.", "Generate captions first."};
  RunSpec spec = *state.captioning.last_spec;
  const bool known = state.captioning.find(spec.connection) != nullptr;
  if (!known) spec.connection = 0;
  spec.request = scope_request(state, items, caption::Policy::Failed, false, spec.kind);
  return start_run(state, std::move(spec), request, effects);
}

Run* run_meant(State& state, std::uint32_t job) {
  auto& runs = state.captioning.runs;
  if (job != 0) return state.captioning.run_of(job);
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    if (!is_for_looking(run->spec.kind) && !run->ended) return &*run;
  }
  return nullptr;
}

std::string waiting_reason(const State& state, const Run& run) {
  if (!run.halted.empty()) return run.halted;
  if (run.pacer.paused())
    return run.pacer.counts().running > 0 ? "Pausing: running calls finish." : "Paused.";
  if (run.pacer.counts().running > 0) return "";
  const TimeMs until = std::max(blocked_until(state, run.spec.connection), run.wake.value_or(0));
  const TimeMs wait = until - state.now;
  if (wait < 1500) return "";
  const std::string time = format_iso8601(until).substr(11, 8);
  for (const RunTask& task : run.tasks) {
    if (task.state == TaskState::Waiting && !task.reason.empty())
      return task.reason + " Waiting " + std::to_string((wait + 999) / 1000) + " s, until " + time + " UTC.";
  }
  return "Waiting " + std::to_string((wait + 999) / 1000) + " s.";
}

std::optional<double> rate_of(const Run& run) {
  const auto& times = run.finished_at;
  if (times.size() < 2 || times.back() <= times.front()) return std::nullopt;
  return static_cast<double>(times.size() - 1) * 60'000.0 / static_cast<double>(times.back() - times.front());
}

std::optional<std::int64_t> eta_ms(const Run& run) {
  const std::optional<double> rate = rate_of(run);
  if (!rate) return std::nullopt;
  return static_cast<std::int64_t>(run.pacer.counts().left() * 60'000.0 / *rate);
}

void note_answer(Run& run, TimeMs now) {
  run.finished_at.push_back(now);
  if (run.finished_at.size() > kLatestAnswers) run.finished_at.erase(run.finished_at.begin());
}

}  // namespace vignette
