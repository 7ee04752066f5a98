#include <algorithm>

#include "shared/caption/from_seen.hpp"
#include "shared/caption/request.hpp"
#include "shared/provider/adapter.hpp"
#include "wasm/app/captioning_parts.hpp"

// One picture of a run: its question, and what its answer turns out to be.

namespace vignette {
namespace {

using caption::CallFailure;
using caption::CaptionTask;
using caption::Failure;
using provider::HttpReply;

std::string category_name(const std::string& id) {
  for (const caption::Category& category : caption::categories()) {
    if (category.id == id) return category.name;
  }
  return id;
}

CaptionTask task_of(const RunSpec& spec, const Item& item) {
  const std::string& category = caption_text(item, kCategorySet);
  CaptionTask task;
  task.preset = caption::preset_for(spec.preset, category);
  if (task.preset.id != spec.preset.id) task.preset.parameters = spec.preset.parameters;
  task.values = caption::values_of(item, spec.request.set);
  caption::value_of(task.values, caption::Variable::Context) = spec.context;
  caption::value_of(task.values, caption::Variable::Category) =
      category_name(category.empty() ? task.preset.category : category);
  task.picture = picture_mark();
  return task;
}

Result<provider::ChatRequest> question(const Run& run, const RunTask& task, const Item& item) {
  const RunSpec& spec = run.spec;
  if (spec.kind == RunKind::Refine)
    return caption::refine_request(caption_text(item, spec.request.set), spec.wish, spec.preset.parameters);
  const CaptionTask asked = task_of(spec, item);
  return task.faulty ? caption::repair_for(asked, *task.faulty) : caption::request_for(asked);
}

const char* ledger_words(const Run& run, const RunTask& task) {
  if (run.spec.kind == RunKind::Refine) return "A caption to refine";
  if (task.faulty) return "A picture, to repair its caption";
  return run.spec.kind == RunKind::Describe ? "A picture to describe" : "A picture to caption";
}

std::shared_ptr<const provider::Route> route_for(const State& state, Run& run, const std::string& model) {
  auto& known = run.routes[model];
  const Connection* connection = state.captioning.find(run.spec.connection);
  if (run.spec.kind == RunKind::Compare) connection = connection_for(state, model);
  if (!known && connection != nullptr) known = route_of(state, *connection, model);
  return known;
}

/// Still wanted? Between the plan and now somebody may have written the caption.
bool still_allowed(const State& state, const Run& run, const RunTask& task) {
  if (run.spec.kind != RunKind::Caption && run.spec.kind != RunKind::Describe) return true;
  caption::ScopeRequest now = run.spec.request;
  now.items = {task.item};
  return !caption::plan_scope(state.document(), now).items.empty();
}

void leave_out(State& state, Run& run, std::uint32_t index) {
  run.pacer.cancel(index);
  run.tasks[index].state = TaskState::Dropped;
  state.captioning.busy.erase(run.tasks[index].item);
  ++run.skipped;
}

void finished(State& state, Run& run, std::uint32_t index, TaskState how) {
  RunTask& task = run.tasks[index];
  task.state = how;
  task.faulty.reset();
  state.captioning.busy.erase(task.item);
  if (Job* job = state.find_job(run.job)) ++job->done;
  note_answer(run, state.now);
  run.stored_dirty = true;
}

void note_use(State& state, CallId id, const PendingCall& call, const provider::Answer& answer,
              Effects& effects) {
  auto& samples = state.captioning.samples[call.note.model];
  samples.push_back({state.now - call.started, answer.usage});
  if (samples.size() > 10) samples.erase(samples.begin());
  if (call.here) return;  // nothing left this machine
  AddToLedger used{id, answer.usage.input.value_or(0), answer.usage.output.value_or(0),
                   call.route ? provider::cost_of(call.route->model, answer.usage) : std::nullopt};
  for (auto row = state.captioning.ledger.rbegin(); row != state.captioning.ledger.rend(); ++row) {
    if (row->call != id) continue;
    row->input_tokens = used.input_tokens;
    row->output_tokens = used.output_tokens;
    row->cost_micro_usd = used.cost_micro_usd;
    break;
  }
  effects.emplace_back(used);
}

caption::ReadCaption read(const Run& run, const RunTask& task, const Item& item,
                          const provider::Answer& answer) {
  if (run.spec.kind != RunKind::Refine)
    return caption::read_caption(task_of(run.spec, item), answer, task.faulty.has_value());
  const bool cut = answer.finish == provider::Finish::Length;
  return {caption::examine(answer.text, {caption::basic_checks(), "", caption::Shape::Prose, cut}, true), {}};
}

void answered(State& state, Run& run, const PendingCall& call, const provider::Answer& answer,
              const HttpReply& reply, Effects& effects) {
  RunTask& task = run.tasks[call.task];
  note_use(state, task.call, call, answer, effects);
  const Item* item = state.document().find(task.item);
  if (item == nullptr) {
    run.pacer.succeeded(call.task, state.now);
    return finished(state, run, call.task, TaskState::Dropped);
  }
  const auto hint = caption::rate_hint_of(reply, state.now);
  const caption::ReadCaption got = read(run, task, *item, answer);
  if (got.examined.outcome == caption::Outcome::Repair) {
    task.reason = "Asked once more: " + got.examined.reason();
    task.faulty = got.examined;
    task.state = TaskState::Waiting;
    run.pacer.again(call.task, state.now, hint);
    return;
  }
  if (got.examined.outcome == caption::Outcome::Failed) {
    return fail_task(state, run, call.task,
                     {got.examined.refused ? Failure::Refused : Failure::InvalidAnswer, std::nullopt},
                     got.examined.reason(), effects);
  }
  run.pacer.succeeded(call.task, state.now, hint);
  const TaskState how = land(state, run, task, got, answer, effects);
  finished(state, run, call.task, how);
}

void failed(State& state, Run& run, const PendingCall& call, const provider::ProviderError& error,
            Effects& effects) {
  const CallFailure why = caption::failure_from(error);
  std::string sentence = sentence_for(why.failure);
  if (!error.message.empty()) sentence += " It says: " + error.message;
  fail_task(state, run, call.task, why, sentence, effects);
}

/// A worker looked at the picture: that becomes an answer like any other.
void looked(State& state, Run& run, const PendingCall& call, const HttpReply& reply, Effects& effects) {
  RunTask& task = run.tasks[call.task];
  const Result<caption::Seen> seen = seen_in(reply.body);
  if (!seen) {
    return fail_task(state, run, call.task, {Failure::InvalidAnswer, std::nullopt},
                     "What was seen in this picture cannot be read.", effects);
  }
  provider::Answer answer;
  answer.finish = provider::Finish::Stop;
  answer.model = task.model;
  task.evidence = evidence_of(*seen);
  if (const Item* item = state.document().find(task.item))
    answer.text = caption_from(*seen, situation_of(task_of(run.spec, *item)));
  answered(state, run, call, answer, reply, effects);
}

void halt(State& state, Run& run, std::uint32_t index, const std::string& why, Effects& effects) {
  run.tasks[index].state = TaskState::Queued;
  run.tasks[index].text.clear();
  run.pacer.again(index, state.now);
  pause_run(state, run, effects);
  run.halted = why;
}

/// A run and a task that still wait for this call.
Run* waiting_run(State& state, const PendingCall& call) {
  Run* run = state.captioning.run_of(call.job);
  return run != nullptr && !run->ended && run->tasks[call.task].state == TaskState::Running ? run : nullptr;
}

}  // namespace

void start_task(State& state, Run& run, std::uint32_t index, bool half_size, Effects& effects) {
  RunTask& task = run.tasks[index];
  const Item* item = state.document().find(task.item);
  if (item == nullptr || !still_allowed(state, run, task)) return leave_out(state, run, index);
  task.state = TaskState::Running;
  task.text.clear();
  task.retry_at = 0;
  if (!task.faulty) task.reason.clear();
  task.revision = item->revision;

  const auto route = route_for(state, run, task.model);
  if (!route) {
    return fail_task(state, run, index, {Failure::NoModel, std::nullopt},
                     "The connection no longer offers " + task.model + ".", effects);
  }
  PendingCall call;
  const Connection* own = run.spec.kind == RunKind::Compare ? connection_for(state, task.model) : nullptr;
  call.connection = own ? own->number : run.spec.connection;
  call.job = run.job;
  call.task = index;
  const Connection* connection = state.captioning.find(call.connection);
  call.note = {ledger_words(run, task), task.item, connection ? connection->name : "", task.model};
  std::optional<BodyPart::Copy> copy;
  if (run.spec.kind != RunKind::Refine) {
    const auto source = state.sources.find(task.item);
    if (source == state.sources.end()) {
      return fail_task(state, run, index, {Failure::InvalidRequest, std::nullopt},
                       "The file of this picture cannot be read now. Add it again.", effects);
    }
    if (connection != nullptr && connection->kind == ConnectionKind::OnThisMachine) {
      task.call = look_at(state, std::move(call), source->second, boxes_of(*item), effects);
      return;
    }
    const std::int64_t most = route->model.max_inline_base64.value_or(0) / 4 * 3;
    copy = BodyPart::Copy{source->second,  task.item, half_size ? run.spec.side / 2 : run.spec.side,
                          boxes_of(*item), most,      true};
  }
  Result<provider::ChatRequest> request = question(run, task, *item);
  Result<provider::HttpCall> http = Error{};
  if (request) {
    request->stream = run.spec.preset.parameters.stream.value_or(true);
    http = provider::chat_call(*route, *request);
  } else {
    http = request.error();
  }
  if (!http) {
    return fail_task(state, run, index, {Failure::InvalidRequest, std::nullopt},
                     http.error().message + " " + http.error().hint, effects);
  }
  call.route = route;
  task.call = send(state, std::move(call), *http, copy, effects);
}

void task_replied(State& state, const PendingCall& call, const HttpReply& reply, Effects& effects) {
  Run* run = waiting_run(state, call);
  if (run == nullptr) return;
  if (call.here) return looked(state, *run, call, reply, effects);
  auto read = provider::read_chat(*call.route, reply, state.now);
  if (auto* answer = std::get_if<provider::Answer>(&read)) {
    answered(state, *run, call, *answer, reply, effects);
  } else if (auto* error = std::get_if<provider::ProviderError>(&read)) {
    failed(state, *run, call, *error, effects);
  } else {
    auto& pending = *std::get_if<provider::Pending>(&read);
    PendingCall later = call;
    later.poll = std::move(pending.poll);
    later.poll_at = state.now + pending.wait_ms;
    state.captioning.calls.emplace(run->tasks[call.task].call, std::move(later));
  }
}

void task_stream_ended(State& state, PendingCall& call, Effects& effects) {
  Run* run = waiting_run(state, call);
  if (run == nullptr) return;
  provider::StreamEnd end = call.stream->finish();
  const HttpReply reply{200, call.headers, {}};
  if (end.error) return failed(state, *run, call, *end.error, effects);
  if (!end.complete) {
    return fail_task(state, *run, call.task, {Failure::Network, std::nullopt},
                     "The answer stopped before its end.", effects);
  }
  answered(state, *run, call, end.answer, reply, effects);
}

void task_failed(State& state, const PendingCall& call, const FetchFailed& event, Effects& effects) {
  Run* run = waiting_run(state, call);
  if (run == nullptr) return;
  if (event.kind == "local_only")
    return halt(state, *run, call.task, "“Local only” is on, so nothing is sent.", effects);
  if (event.kind == "offline")
    return halt(state, *run, call.task, "This machine has no connection to the internet.", effects);
  const auto is = [&](std::initializer_list<const char*> kinds) {
    return std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
  };
  // Nothing of these gets better by itself, and each further picture would meet the same.
  if (is({"cors", "mixed_content", "redirect", "no_secret", "wrong_host", "no_network"})) {
    const std::string why = event.error.message + (event.error.hint.empty() ? "" : " " + event.error.hint);
    return halt(state, *run, call.task, why, effects);
  }
  const bool of_this_picture =
      is({"not_found", "unsupported", "truncated"}) || (call.here && is({"invalid_input", "too_large"}));
  fail_task(state, *run, call.task,
            {of_this_picture ? Failure::InvalidRequest : Failure::Network, std::nullopt},
            event.error.message.empty() ? sentence_for(Failure::Network) : event.error.message, effects);
}

void fail_task(State& state, Run& run, std::uint32_t index, const CallFailure& why,
               const std::string& sentence, Effects& effects) {
  RunTask& task = run.tasks[index];
  std::optional<TimeMs> retry_at;
  if (!run.pacer.broke(index, why, state.now, &retry_at)) return;
  task.text.clear();
  task.reason = sentence;
  if (retry_at) {
    task.state = TaskState::Waiting;
    task.retry_at = *retry_at;
    return;
  }
  task.state = TaskState::Failed;
  note_answer(run, state.now);
  run.stored_dirty = true;
  state.captioning.busy.erase(task.item);
  if (run.spec.kind == RunKind::Caption || run.spec.kind == RunKind::Describe)
    state.captioning.failed[task.item] = {why.failure, sentence};
  auto& comparison = state.captioning.comparison;
  if (comparison && comparison->job == run.job) comparison->problems[index == 0 ? 0 : 1] = sentence;
  if (state.captioning.draft.job == run.job) state.captioning.draft.error = sentence;
  if (Job* job = state.find_job(run.job)) {
    ++job->failed;
    const Item* item = state.document().find(task.item);
    job->rejected.push_back({item ? item->path : task.item, {ErrorCode::Refused, sentence, ""}});
  }
  if (const auto halted = run.pacer.halted_by(); halted && run.halted.empty()) {
    run.halted = sentence + " Every further picture would fail alike, so this waits for you.";
    show_toast(state, effects, run.halted, true, "caption.resume");
    store_run(state, run, effects);
  }
}

}  // namespace vignette
