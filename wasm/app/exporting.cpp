#include <nlohmann/json.hpp>

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
  for (const ExportFile& file : plan.files) {
    ArchiveEntry text;
    text.path = file.path;
    text.text = file.content;
    archive.entries.push_back(std::move(text));
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

Error cannot_read(std::size_t pictures) {
  return {ErrorCode::NotFound,
          "The files of " + count_of(pictures, "picture", "pictures") + " cannot be read.",
          "Allow access to their folder, or add them again, or remove them from the dataset."};
}

/// What it takes to make the same export again, as the arguments of the command.
std::string spec_of(const State& state, ExportFormat format, const ReplicateOptions& options) {
  static constexpr const char* kFormats[] = {"replicate", "webdata", "webdataset"};
  static constexpr const char* kMissing[] = {"stop", "skip", "empty"};
  nlohmann::json spec = {{"format", kFormats[static_cast<int>(format)]},
                         {"options",
                          {{"missing", kMissing[static_cast<int>(options.missing)]},
                           {"names", options.names == NameStyle::Keep ? "keep" : "sequential"},
                           {"strip_metadata", options.strip_metadata},
                           {"selected_only", options.selected_only}}}};
  if (options.selected_only) spec["selected"] = state.session.selection.ids;
  return spec.dump();
}

/// Pictures of the plan whose bytes nobody has.
std::size_t count_unreadable(const State& state, const ExportPlan& plan) {
  std::size_t count = 0;
  for (const ExportPair& pair : plan.pairs) {
    if (!state.sources.count(pair.item) || state.storage.missing.count(pair.item)) ++count;
  }
  return count;
}

/// The job an event speaks of, while it still runs.
Job* running(State& state, std::uint32_t id) {
  Job* job = state.find_job(id);
  return job && job->state == JobState::Running ? job : nullptr;
}

void forget_job(State& state, std::uint32_t id, Effects& effects) {
  state.export_requests.erase(id);
  if (Job* job = state.find_job(id)) forget_stored(*job, effects);
  std::erase_if(state.jobs, [&](const Job& job) { return job.id == id; });
}

void start_shards(State& state, const ReplicateOptions& options, std::uint32_t request, Effects& effects) {
  std::vector<BuildFile> files = shard_files(state, options);
  if (request != 0 && files.size() > 1) {
    const Error error{ErrorCode::TooLarge,
                      "These are " + std::to_string(files.size()) + " shards, and a script gets one file.",
                      "Export fewer pictures at a time: select some, and set options.selected_only."};
    effects.emplace_back(Reply{request, "null", error});
    return;
  }
  for (BuildFile& file : files) {
    Job job;
    job.id = file.job = state.next_number++;
    job.kind = JobKind::Export;
    job.label = "Export " + file.name;
    job.total = static_cast<int>(file.parts.size());
    file.request = state.export_requests[job.id] = request;
    state.jobs.push_back(std::move(job));
    effects.emplace_back(std::move(file));
  }
}

}  // namespace

const std::vector<ItemId>* export_scope(const State& state, const ReplicateOptions& options,
                                        std::vector<ItemId>& storage) {
  if (!options.selected_only) return nullptr;
  storage.assign(state.session.selection.ids.begin(), state.session.selection.ids.end());
  return &storage;
}

void start_export(State& state, ExportFormat format, const ReplicateOptions& options, std::uint32_t request,
                  Effects& effects) {
  save_draft(state, effects);
  const ExportPlan plan = plan_export(state, format, options);
  const std::size_t unreadable = count_unreadable(state, plan);
  if (!plan.can_start() || unreadable > 0) {
    const Error error = plan.can_start() ? cannot_read(unreadable) : why_not(plan);
    if (request != 0) {
      effects.emplace_back(Reply{request, "null", error});
    } else {
      show_error(state, effects, error);
      state.session.room = Room::Export;
    }
    return;
  }
  if (format == ExportFormat::WebDataset) return start_shards(state, options, request, effects);
  Job job;
  job.id = state.next_number++;
  job.kind = JobKind::Export;
  job.label = "Export " + plan.archive_name;
  BuildArchive archive = archive_from(plan, state, options);
  job.total = static_cast<int>(archive.entries.size());
  archive.job = job.id;
  archive.request = request;
  state.export_requests[job.id] = request;
  if (request == 0) remember_job(state, job, spec_of(state, format, options), effects);
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
    show_toast(
        state, effects,
        "Saved " + job->label.substr(job->label.find(' ') + 1) + " (" + format_bytes(event.bytes) + ").");
    state.unsaved = false;
  }
  forget_job(state, event.job, effects);
}

void on(State& state, const ExportFailed& event, Effects& effects) {
  Job* job = running(state, event.job);
  if (!job) return;
  const std::uint32_t request = state.export_requests[event.job];
  if (request != 0) effects.emplace_back(Reply{request, "null", event.error});
  if (event.error.code != ErrorCode::Cancelled) show_error(state, effects, event.error);
  forget_job(state, event.job, effects);
}

void cancel_export(State& state, Job& job, Effects& effects) {
  effects.emplace_back(StopWork{job.id});
  const Error cancelled{ErrorCode::Cancelled, "The export was cancelled.", ""};
  if (const std::uint32_t request = state.export_requests[job.id]; request != 0)
    effects.emplace_back(Reply{request, "null", cancelled});
  show_toast(state, effects, "Cancelled; nothing was saved.");
  forget_job(state, job.id, effects);
}

}  // namespace vignette
