#include <nlohmann/json.hpp>

#include "shared/dataset/change_json.hpp"
#include "wasm/app/parts.hpp"

// One dataset is open at a time. Another is opened only when everything of this one is durable; from then
// until it is there, what would change a document is held back, and obeyed afterwards in the order it came.

namespace vignette {
namespace {

/// A dataset is there in a second. A storage side that never answers must not keep the app from working.
constexpr TimeMs kOpeningMs = 60'000;

void leave_field(State& state, Effects& effects) {
  if (state.session.draft.field.empty() || state.session.draft.field == "palette") return;
  state.session.draft = {};
  effects.emplace_back(FocusField{""});
}

Change change_of(const Commit& commit) { return read_change(Json::parse(commit.change, nullptr, false)); }

void obey_held(State& state, Effects& effects) {
  std::vector<Held> held = std::move(state.storage.held);
  state.storage.held.clear();
  for (Held& one : held) {
    if (state.storage.opening) {
      state.storage.held.push_back(std::move(one));
    } else if (one.command.empty()) {
      on(state, FilesArrived{std::move(one.files), one.last, one.request}, effects);
    } else {
      on(state, RunCommand{one.command, one.args, one.request}, effects);
    }
  }
}

/// Steps that were on their way when the dataset was read anew are taken again.
void take_again(State& state, const std::deque<Commit>& lost, Effects& effects) {
  for (const Commit& commit : lost) {
    if (!commit.moment) continue;
    const Change change = change_of(commit);
    if (change.empty()) continue;
    for (const auto& [item, source] : commit.keep) state.storage.kept.erase(item);
    push_step(state, applied(state.document(), change, Direction::Forwards), commit.moment->label, "",
              effects);
    state.history.seal();
  }
}

/// The same where the storage side still has them in its queue: they are only shown, not sent again.
void show_again(State& state) {
  for (const Commit& commit : state.storage.waiting) {
    Document document = applied(state.document(), change_of(commit), Direction::Forwards);
    if (commit.moment) {
      state.history.resume(*commit.moment, std::move(document));
    } else if (const auto at = state.history.position_of(commit.cursor)) {
      state.history.give(*at, std::move(document));
      state.history.go_to(*at);
    }
  }
}

/// What was made before there was a dataset to put it into.
void bring_in(State& state, const Document& document, Effects& effects) {
  const Change change = difference(Document{}, document);
  Change additions;
  for (const ItemChange& item : change.items) {
    if (!state.document().find(item.id()) && !state.document().find_path(item.after->path))
      additions.items.push_back(item);
  }
  for (const CaptionChange& caption : change.captions) {
    const Item* known = state.document().find(caption.item);
    if (!known || !is_captioned(*known, caption.set)) additions.captions.push_back(caption);
  }
  if (additions.empty()) return;
  push_step(state, applied(state.document(), additions, Direction::Forwards), "Keep what was in this tab", "",
            effects);
  state.history.seal();
}

void tell_opened(State& state, const OpenWish& wish, Effects& effects) {
  const Document& document = state.document();
  if (wish.request != 0 && wish.kind != OpenWish::Kind::Project) {
    const nlohmann::json told = {
        {"id", document.id}, {"name", document.name}, {"items", document.items.size()}};
    answer(effects, wish.request, told.dump());
  }
  for (const std::string& note : state.storage.notes) effects.emplace_back(Announce{note, true});
}

void look_at_the_start(State& state) {
  Session& session = state.session;
  session.selection = {};
  session.single_view = false;
  forget_missing(state);
  if (session.room == Room::Datasets) session.room = Room::Library;
  if (session.dialog == Dialog::ConfirmNew || session.dialog == Dialog::NewDataset)
    session.dialog = Dialog::None;
}

/// Nothing was open before, and nothing could be opened: the tab is all there is.
void stay_in_memory(State& state, const Error& error) {
  Storage& storage = state.storage;
  storage.open = false;
  storage.dataset.clear();
  storage.waiting.clear();
  storage.bring_back.reset();
  storage.mode = StorageMode::Memory;
  storage.message = error.message;
  storage.hint = error.hint;
}

void opening_failed(State& state, const Error& error, Effects& effects) {
  Storage& storage = state.storage;
  const OpenWish wish = std::move(storage.wish);
  storage.wish = {};
  storage.opening = false;
  if (wish.kind != OpenWish::Kind::Project) answer(effects, wish.request, error);
  show_error(state, effects, error);
  const bool was_the_same =
      wish.kind == OpenWish::Kind::Open && wish.id == storage.dataset && !wish.take_over;
  if (storage.open && !was_the_same) {
    OpenWish back;
    back.id = storage.dataset;
    open_now(state, std::move(back), effects);
    return;
  }
  stay_in_memory(state, error);
  obey_held(state, effects);
}

}  // namespace

std::optional<Error> open_when_saved(State& state, OpenWish wish, Effects& effects) {
  Storage& storage = state.storage;
  save_draft(state, effects);
  cancel_import(state, effects);
  if (wish.take_over || storage.mode == StorageMode::ReadOnly) {
    open_now(state, std::move(wish), effects);
    return std::nullopt;
  }
  if (storage.trouble) {
    return Error{ErrorCode::Refused, "Not everything in this dataset could be saved yet.",
                 "Save again, or save a project file, before you open another dataset."};
  }
  if (storage.mode == StorageMode::Memory && state.unsaved) {
    return Error{ErrorCode::Refused, "This dataset is only in this tab and would be lost.",
                 "Save it as a project file first."};
  }
  if (storage.waiting.empty()) {
    open_now(state, std::move(wish), effects);
  } else {
    storage.after_saving = std::move(wish);
  }
  return std::nullopt;
}

void open_now(State& state, OpenWish wish, Effects& effects) {
  Storage& storage = state.storage;
  save_draft(state, effects);
  leave_field(state, effects);
  cancel_import(state, effects);
  forget_running_jobs(state, effects);
  storage.journey.reset();
  storage.opening = true;
  storage.opening_since = state.now;
  switch (wish.kind) {
    case OpenWish::Kind::Open: effects.emplace_back(OpenDataset{wish.id, wish.take_over}); break;
    case OpenWish::Kind::Create: effects.emplace_back(CreateDataset{wish.name}); break;
    case OpenWish::Kind::Project: effects.emplace_back(OpenProject{wish.source, wish.request}); break;
    case OpenWish::Kind::Trash:
      effects.emplace_back(TrashDataset{wish.id});
      effects.emplace_back(OpenDataset{});
      break;
  }
  storage.wish = std::move(wish);
}

void give_up_opening_if_due(State& state, Effects& effects) {
  const auto due = opening_ends(state);
  if (due && state.now >= *due) {
    opening_failed(state,
                   {ErrorCode::Internal, "The browser's storage does not answer.",
                    "What you do stays in this tab; reload the page to try again."},
                   effects);
  }
}

std::optional<TimeMs> opening_ends(const State& state) {
  const Storage& storage = state.storage;
  if (!storage.opening || storage.wish.kind == OpenWish::Kind::Project) return std::nullopt;
  return storage.opening_since + kOpeningMs;
}

void on(State& state, const Started&, Effects& effects) {
  if (state.storage.started) return;
  state.storage.started = true;
  if (!state.document().items.empty()) state.storage.bring_back = state.document();
  open_now(state, {}, effects);
}

void on(State& state, const DatasetOpened& event, Effects& effects) {
  Storage& storage = state.storage;
  const bool asked = storage.opening;
  const bool same = storage.open && storage.dataset == event.document.id;
  const bool goes_on = !asked && same;
  if (!asked && !storage.open && !state.document().items.empty()) storage.bring_back = state.document();
  if (!same) leave_field(state, effects);
  std::deque<Commit> lost;
  if (!goes_on) {
    if (same) lost = std::move(storage.waiting);
    storage.waiting.clear();
    storage.issued = storage.confirmed = 0;
    storage.trouble.reset();
    storage.trouble_kind.clear();
  }
  const OpenWish wish = std::move(storage.wish);
  storage.wish = {};
  storage.opening = false;
  storage.open = true;
  storage.dataset = event.document.id;
  storage.kept.clear();
  storage.missing.clear();
  for (const auto& [item, source] : event.sources) {
    storage.kept.insert(item);
    state.sources[item] = source;
  }
  if (storage.mode == StorageMode::None) storage.mode = StorageMode::Ready;
  if (event.read_only) storage.mode = StorageMode::ReadOnly;
  storage.notes = event.notes;
  storage.interrupted = event.jobs;
  storage.journey.reset();
  storage.captions = {};
  storage.folder.clear();
  storage.folders_waiting.clear();
  state.history = History(event.document, event.moments, event.cursor);
  state.unsaved = false;
  if (goes_on) show_again(state);
  if (!same) look_at_the_start(state);
  forget_missing(state);
  if (storage.mode != StorageMode::ReadOnly) {
    take_again(state, lost, effects);
    if (storage.bring_back) bring_in(state, *storage.bring_back, effects);
    storage.bring_back.reset();
  }
  if (!is_typing(state)) refresh_draft(state, effects);
  tell_opened(state, wish, effects);
  obey_held(state, effects);
}

void on(State& state, const OpenFailed& event, Effects& effects) {
  if (state.storage.opening) return opening_failed(state, event.error, effects);
  state.storage.journey.reset();
  fail_requests(state, event.error, effects);
  show_error(state, effects, event.error);
}

}  // namespace vignette
