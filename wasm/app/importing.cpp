#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/utf8.hpp"
#include "shared/dataset/change_json.hpp"
#include "shared/formats/pairing.hpp"
#include "wasm/app/parts.hpp"

// An import is everything dropped until nothing is left to read. Its pictures go into the document in growing
// portions, so the first ones show at once and ten thousand cost no more than linear time; all portions are
// one undo step. Captions are paired by name once all texts are read.

namespace vignette {
namespace {

Item item_from(const Inspection& seen, const std::string& path) {
  Item item;
  item.id = seen.hash;
  item.path = path;
  item.name = file_name_of(path);
  item.bytes = seen.bytes;
  item.crc32 = seen.crc32;
  item.format = format_named(seen.format);
  item.width = seen.width;
  item.height = seen.height;
  item.orientation = seen.orientation;
  item.alpha = seen.alpha;
  item.animated = seen.animated;
  item.phash = seen.phash;
  item.taken = seen.taken;
  return item;
}

Import& running_import(State& state, Effects& effects) {
  if (state.import) return *state.import;
  Job job;
  job.id = state.next_number++;
  job.kind = JobKind::Import;
  job.label = "Adding pictures";
  remember_job(state, job, "{}", effects);
  state.jobs.push_back(job);
  state.import.emplace();
  state.import->job = job.id;
  state.import->flushed_at = state.now;
  return *state.import;
}

void reject(Job& job, const std::string& path, Error error) {
  job.rejected.push_back({path, std::move(error)});
  ++job.failed;
}

Error why_not_read(const std::string& path) {
  if (is_project_file(path)) {
    return {ErrorCode::Unsupported, "This is a whole dataset.",
            "Drop it by itself to open it; it is not added to another one."};
  }
  return {ErrorCode::Unsupported, "This is neither a picture nor a caption.",
          "Only pictures, .txt, .caption and .zip files are read."};
}

void sort_by_role(Import& import, Job& job, const std::vector<FileEntry>& files, Effects& effects) {
  InspectPictures pictures{job.id, {}};
  ReadTexts texts{job.id, {}};
  OpenArchives archives{job.id, {}};
  for (const FileEntry& file : files) {
    switch (role_of(file.path)) {
      case FileRole::Junk: ++import.junk; break;
      case FileRole::Other:
        ++job.total;
        reject(job, file.path, why_not_read(file.path));
        break;
      case FileRole::CaptionText:
        import.reading[file.source] = file.path;
        texts.files.push_back(file);
        break;
      case FileRole::Archive:
        import.opening[file.source] = file.path;
        archives.files.push_back(file);
        break;
      case FileRole::Picture:
        ++job.total;
        import.inspecting[file.source] = file.path;
        pictures.files.push_back(file);
        break;
    }
  }
  if (!texts.files.empty()) effects.emplace_back(std::move(texts));
  if (!archives.files.empty()) effects.emplace_back(std::move(archives));
  if (!pictures.files.empty()) effects.emplace_back(std::move(pictures));
}

std::string step_key(const Import& import) { return "import:" + std::to_string(import.job); }

void flush(State& state, Effects& effects) {
  Import& import = *state.import;
  import.flushed_at = state.now;
  if (import.found.empty()) return;
  AddItems add{std::move(import.found)};
  import.found.clear();
  const bool first = state.document().items.empty();
  if (const auto added = take_step(state, add, effects, step_key(import)); !added)
    show_error(state, effects, added.error());
  note_progress(*state.find_job(import.job), effects);
  if (first && !state.document().items.empty())
    state.session.selection.focus = state.document().items.front()->id;
}

/// Gives the texts read so far to the pictures they belong to, those of earlier imports included.
void pair_texts(State& state, Job& job, Effects& effects) {
  Import& import = *state.import;
  if (import.texts.empty()) return;
  const Document& document = state.document();
  std::vector<std::string> pictures;
  for (const auto& item : document.items) {
    pictures.push_back(item->path);
    pictures.insert(pictures.end(), item->also_at.begin(), item->also_at.end());
  }
  std::vector<std::string> texts;
  texts.reserve(import.texts.size());
  for (const auto& [path, text] : import.texts) texts.push_back(path);
  const Pairing pairing = pair_captions(pictures, texts);

  ImportCaptions captions{{}, state.now};
  int kept = 0;
  for (const auto& [picture, text_path] : pairing.caption_of) {
    const Item* item = document.find_path(picture);
    const std::string text = caption_from_file(import.texts[text_path]);
    if (!item || text.empty() || caption_text(*item) == text) continue;
    if (is_captioned(*item)) ++kept;
    captions.captions.emplace_back(item->id, text);
  }
  for (const std::string& path : pairing.orphans)
    job.notes.push_back(path + " has no picture beside it; it was left out.");
  for (const std::string& path : pairing.shared) {
    job.notes.push_back(path + " belongs to several pictures of the same name; each got its text.");
  }
  if (kept > 0)
    job.notes.push_back(count_of(static_cast<std::size_t>(kept), "picture", "pictures") +
                        " kept the caption already there.");
  if (const auto set = take_step(state, captions, effects, step_key(import)); !set)
    show_error(state, effects, set.error());
}

std::string summary(const Import& import, const Job& job) {
  std::string text = job.state == JobState::Cancelled ? "Stopped. " : "";
  text += import.added.empty() ? "No new pictures"
                               : "Added " + count_of(import.added.size(), "picture", "pictures");
  if (import.same_picture > 0) text += ", " + std::to_string(import.same_picture) + " known already";
  if (job.failed > 0) text += ", " + std::to_string(job.failed) + " rejected";
  return text + ".";
}

void reply_to_scripts(const Import& import, const Job& job, const Document& document, Effects& effects) {
  nlohmann::json rejected = nlohmann::json::array();
  for (const Rejection& r : job.rejected) {
    rejected.push_back({{"path", r.path},
                        {"code", name_of(r.error.code)},
                        {"message", r.error.message},
                        {"hint", r.error.hint}});
  }
  nlohmann::json added = nlohmann::json::array();
  for (const auto& item : document.items) {
    if (import.added.count(item->id)) added.push_back(item->id);
  }
  const nlohmann::json answer = {{"added", added},
                                 {"rejected", rejected},
                                 {"notes", job.notes},
                                 {"cancelled", job.state == JobState::Cancelled}};
  for (const std::uint32_t request : import.requests) effects.emplace_back(Reply{request, answer.dump(), {}});
}

void finish(State& state, JobState how, Effects& effects) {
  flush(state, effects);
  Job& job = *state.find_job(state.import->job);
  pair_texts(state, job, effects);
  if (const std::size_t n = state.import->added.size(); n > 0) {
    rename_step(state, step_key(*state.import), "Add " + count_of(n, "picture", "pictures"), effects);
  }
  state.history.seal();
  const Import import = std::move(*state.import);
  state.import.reset();
  forget_stored(job, effects);
  job.state = how;
  if (import.same_picture > 0) {
    job.notes.insert(job.notes.begin(),
                     count_of(static_cast<std::size_t>(import.same_picture),
                              "file is the same picture as one", "files are the same pictures as others") +
                         " in the dataset; the dataset keeps one of each.");
  }
  const bool tells_more = !job.rejected.empty() || !job.notes.empty();
  show_toast(state, effects, summary(import, job), job.failed > 0, tells_more ? "jobs.report" : "");
  reply_to_scripts(import, job, state.document(), effects);
  // A job without news has nothing to show any more; the toast said it all.
  if (!tells_more) std::erase_if(state.jobs, [&](const Job& j) { return j.id == import.job; });
}

void finish_if_done(State& state, Effects& effects) {
  const Import& import = *state.import;
  const bool waits =
      import.receiving || !import.inspecting.empty() || !import.reading.empty() || !import.opening.empty();
  if (!waits) finish(state, JobState::Done, effects);
}

bool is_current(const State& state, std::uint32_t job) { return state.import && state.import->job == job; }

}  // namespace

void on(State& state, const FilesArrived& event, Effects& effects) {
  state.session.dragging_files = false;
  if (state.storage.opening) {
    state.storage.held.push_back({"", "", event.files, event.last, event.request});
    return;
  }
  if (event.files.size() == 1 && event.last && !state.import && is_project_file(event.files.front().path))
    return open_project(state, event.files.front(), event.request, effects);
  if (const auto refusal = why_not_edit(state)) {
    refuse_edit(state, effects);
    answer(effects, event.request, *refusal);
    return;
  }
  Import& import = running_import(state, effects);
  Job& job = *state.find_job(import.job);
  import.receiving = !event.last;
  if (event.request != 0) import.requests.push_back(event.request);
  sort_by_role(import, job, event.files, effects);
  finish_if_done(state, effects);
}

void on(State& state, const ArchiveOpened& event, Effects& effects) {
  if (!is_current(state, event.job)) return;
  Import& import = *state.import;
  Job& job = *state.find_job(event.job);
  const std::string archive = import.opening[event.source];
  import.opening.erase(event.source);
  for (const Rejection& r : event.rejected) {
    ++job.total;
    reject(job, archive + ": " + r.path, r.error);
  }
  // An archive in an archive is not opened: that is how bombs are built.
  std::vector<FileEntry> files;
  for (const FileEntry& file : event.files) {
    if (role_of(file.path) == FileRole::Archive) {
      ++job.total;
      reject(job, archive + ": " + file.path,
             {ErrorCode::Refused, "This is a ZIP inside a ZIP.", "Unpack it and drop it by itself."});
    } else {
      files.push_back(file);
    }
  }
  sort_by_role(import, job, files, effects);
  finish_if_done(state, effects);
}

void on(State& state, const TextRead& event, Effects& effects) {
  if (!is_current(state, event.job)) return;
  Import& import = *state.import;
  const auto waiting = import.reading.find(event.source);
  if (waiting == import.reading.end()) return;
  if (event.repaired) {
    state.find_job(event.job)->notes.push_back(
        waiting->second + " is not UTF-8; letters that could not be read are shown as \xEF\xBF\xBD.");
  }
  import.texts[waiting->second] = event.text;
  import.reading.erase(waiting);
  finish_if_done(state, effects);
}

void on(State& state, const PicturesInspected& event, Effects& effects) {
  if (!is_current(state, event.job)) return;
  Import& import = *state.import;
  Job& job = *state.find_job(event.job);
  KeepSources keep;
  std::vector<std::pair<ItemId, SourceId>> again;  // bytes that could not be read any more, and are here now
  for (const Inspection& seen : event.pictures) {
    const auto waiting = import.inspecting.find(seen.source);
    if (waiting == import.inspecting.end()) continue;
    Item item = item_from(seen, waiting->second);
    import.inspecting.erase(waiting);
    ++job.done;
    const bool known = state.document().find(item.id) || import.added.count(item.id);
    if (known) {
      ++import.same_picture;
    } else {
      import.added.insert(item.id);
    }
    if (state.storage.missing.count(item.id) != 0 && state.document().find(item.id))
      again.emplace_back(item.id, seen.source);
    if (!state.sources.count(item.id) || state.storage.missing.count(item.id) != 0) {
      state.sources[item.id] = seen.source;
      keep.kept.emplace_back(item.id, seen.source);
    }
    import.found.push_back(std::move(item));
  }
  if (!keep.kept.empty()) effects.emplace_back(std::move(keep));
  if (!again.empty()) keep_bytes_again(state, std::move(again), effects);
  flush_import_if_due(state, effects);
  finish_if_done(state, effects);
}

void on(State& state, const SourceFailed& event, Effects& effects) {
  if (!is_current(state, event.job)) return;
  Import& import = *state.import;
  Job& job = *state.find_job(event.job);
  for (auto* waiting : {&import.inspecting, &import.reading, &import.opening}) {
    const auto found = waiting->find(event.source);
    if (found == waiting->end()) continue;
    if (waiting != &import.inspecting) ++job.total;
    reject(job, found->second, event.error);
    waiting->erase(found);
  }
  finish_if_done(state, effects);
}

void flush_import_if_due(State& state, Effects& effects) {
  if (!state.import || state.import->found.empty()) return;
  const std::size_t portion = std::max<std::size_t>(8, state.document().items.size() / 8);
  const bool due = state.import->found.size() >= portion || state.now >= state.import->flushed_at + kFlushMs;
  if (due) flush(state, effects);
}

void cancel_import(State& state, Effects& effects) {
  if (!state.import) return;
  effects.emplace_back(StopWork{state.import->job});
  state.import->inspecting.clear();
  state.import->reading.clear();
  state.import->opening.clear();
  finish(state, JobState::Cancelled, effects);
}

}  // namespace vignette
