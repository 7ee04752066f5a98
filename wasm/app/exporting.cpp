#include "wasm/app/parts.hpp"

namespace vignette {
namespace {

BuildArchive archive_from(const ExportPlan& plan, const State& state, const ReplicateOptions& options) {
  BuildArchive archive;
  archive.name = plan.archive_name;
  archive.strip_metadata = options.strip_metadata;
  for (const ExportPair& pair : plan.pairs) {
    const Item& item = *state.document().find(pair.item);
    ArchiveEntry picture;
    picture.path = pair.picture_path;
    picture.source = state.sources.at(pair.item);
    picture.bytes = item.bytes;
    picture.crc32 = item.crc32;
    picture.modified = item.modified;
    archive.entries.push_back(std::move(picture));
    if (!pair.text_path.empty()) {
      ArchiveEntry text;
      text.path = pair.text_path;
      text.text = pair.text;
      archive.entries.push_back(std::move(text));
    }
  }
  return archive;
}

Error why_not(const ExportPlan& plan) {
  std::size_t blocking = 0;
  for (const ExportProblem& problem : plan.problems) blocking += problem.blocking ? 1 : 0;
  if (blocking > 0) {
    return {ErrorCode::InvalidInput, count_of(blocking, "picture has", "pictures have") + " no caption.",
            "Write them, or choose to skip them or to write empty captions."};
  }
  return {ErrorCode::InvalidInput, "There is nothing to export.", "Add pictures, or widen the selection."};
}

/// The job an event speaks of, while it still runs.
Job* running(State& state, std::uint32_t id) {
  Job* job = state.find_job(id);
  return job && job->state == JobState::Running ? job : nullptr;
}

void forget_job(State& state, std::uint32_t id) {
  state.export_requests.erase(id);
  std::erase_if(state.jobs, [&](const Job& job) { return job.id == id; });
}

}  // namespace

const std::vector<ItemId>* export_scope(const State& state, const ReplicateOptions& options,
                                        std::vector<ItemId>& storage) {
  if (!options.selected_only) return nullptr;
  storage.assign(state.session.selection.ids.begin(), state.session.selection.ids.end());
  return &storage;
}

void start_export(State& state, const ReplicateOptions& options, std::uint32_t request, Effects& effects) {
  save_draft(state, effects);
  std::vector<ItemId> selected;
  const ExportPlan plan = plan_replicate(state.document(), options, export_scope(state, options, selected));
  if (!plan.can_start()) {
    const Error error = why_not(plan);
    if (request != 0) {
      effects.emplace_back(Reply{request, "null", error});
    } else {
      show_error(state, effects, error);
      state.session.room = Room::Export;
    }
    return;
  }
  Job job;
  job.id = state.next_number++;
  job.kind = JobKind::Export;
  job.label = "Export " + plan.archive_name;
  BuildArchive archive = archive_from(plan, state, options);
  job.total = static_cast<int>(archive.entries.size());
  archive.job = job.id;
  archive.request = request;
  state.export_requests[job.id] = request;
  state.jobs.push_back(std::move(job));
  effects.emplace_back(std::move(archive));
}

void on(State& state, const ExportProgress& event, Effects&) {
  if (Job* job = running(state, event.job)) job->done = event.done;
}

void on(State& state, const ExportFinished& event, Effects& effects) {
  Job* job = running(state, event.job);
  if (!job) return;
  const bool downloaded = state.export_requests[event.job] == 0;
  if (downloaded) {
    show_toast(state, effects,
               "Saved " + job->label.substr(std::string("Export ").size()) + " (" +
                   format_bytes(event.bytes) + ").");
    state.unsaved = false;
    effects.emplace_back(GuardLeaving{false});
  }
  forget_job(state, event.job);
}

void on(State& state, const ExportFailed& event, Effects& effects) {
  Job* job = running(state, event.job);
  if (!job) return;
  const std::uint32_t request = state.export_requests[event.job];
  if (request != 0) effects.emplace_back(Reply{request, "null", event.error});
  if (event.error.code != ErrorCode::Cancelled) show_error(state, effects, event.error);
  forget_job(state, event.job);
}

void cancel_export(State& state, Job& job, Effects& effects) {
  effects.emplace_back(StopWork{job.id});
  const Error cancelled{ErrorCode::Cancelled, "The export was cancelled.", ""};
  if (const std::uint32_t request = state.export_requests[job.id]; request != 0)
    effects.emplace_back(Reply{request, "null", cancelled});
  show_toast(state, effects, "Export cancelled; nothing was saved.");
  forget_job(state, job.id);
}

}  // namespace vignette
