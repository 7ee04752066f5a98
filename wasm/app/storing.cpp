#include <algorithm>

#include "wasm/app/parts.hpp"

// Commits: what changed is sent in order, and kept until the storage side says that it is durable. When one
// fails, all that follow wait, so that the disk never has a later change without an earlier one; the person
// decides when to try again. Nothing in memory is touched by any of it.

namespace vignette {
namespace {

/// What has no room is seldom only one commit, so a failure is told once.
void stop(State& state, const CommitFailed& event, Effects& effects) {
  state.storage.trouble = event.error;
  state.storage.trouble_kind = event.kind;
  const Error& error = event.error;
  show_toast(state, effects, error.hint.empty() ? error.message : error.message + " " + error.hint, true,
             event.kind == "read_only" ? "storage.take-over" : "storage.retry");
}

void drop_confirmed(Storage& storage, std::uint64_t number) {
  while (!storage.waiting.empty() && storage.waiting.front().number <= number) storage.waiting.pop_front();
  storage.confirmed = std::max(storage.confirmed, number);
}

}  // namespace

bool is_durable(const Storage& storage) {
  return storage.open && storage.mode != StorageMode::Memory && storage.mode != StorageMode::ReadOnly &&
         storage.mode != StorageMode::None;
}

bool is_typing(const State& state) { return state.session.draft.dirty; }

bool is_saved(const State& state) {
  if (is_typing(state)) return false;
  if (is_durable(state.storage)) return state.storage.waiting.empty();
  return !state.unsaved && (state.storage.mode != StorageMode::ReadOnly || state.storage.waiting.empty());
}

std::optional<Error> why_not_edit(const State& state) {
  if (state.storage.opening) {
    return Error{ErrorCode::Refused, "The dataset is still being opened.", "Try again in a moment."};
  }
  if (state.storage.mode != StorageMode::ReadOnly) return std::nullopt;
  return Error{ErrorCode::Refused, "This dataset is open in another tab; here it can only be looked at.",
               "Take it over to edit it in this tab."};
}

void refuse_edit(State& state, Effects& effects) {
  const Error error = *why_not_edit(state);
  show_toast(state, effects, error.message, true,
             state.storage.mode == StorageMode::ReadOnly ? "storage.take-over" : "");
}

void issue(State& state, Commit commit, Effects& effects) {
  Storage& storage = state.storage;
  if (!storage.open) return;
  commit.number = ++storage.issued;
  storage.waiting.push_back(std::move(commit));
  if (!storage.trouble) effects.emplace_back(storage.waiting.back());
}

void keep_bytes_again(State& state, std::vector<std::pair<ItemId, SourceId>> keep, Effects& effects) {
  for (const auto& [item, source] : keep) state.storage.missing.erase(item);
  Commit commit;
  commit.keep = std::move(keep);
  commit.cursor = state.history.at(state.history.cursor()).info.id;
  issue(state, std::move(commit), effects);
}

void retry_storing(State& state, Effects& effects) {
  Storage& storage = state.storage;
  if (!storage.trouble) return;
  // These two need the dataset to be opened anew; what waits is put on top of it (opening.cpp).
  if (storage.trouble_kind == "damaged" || storage.trouble_kind == "read_only") {
    OpenWish wish;
    wish.id = storage.dataset;
    wish.take_over = storage.trouble_kind == "read_only";
    return open_now(state, std::move(wish), effects);
  }
  storage.trouble.reset();
  storage.trouble_kind.clear();
  for (const Commit& commit : storage.waiting) effects.emplace_back(commit);
}

void on(State& state, const Committed& event, Effects& effects) {
  Storage& storage = state.storage;
  if (event.number > storage.issued || storage.opening) return;  // of a dataset that is no longer open
  drop_confirmed(storage, event.number);
  if (!storage.waiting.empty()) return;
  go_on_travelling(state, effects);
  if (!storage.after_saving) return;
  OpenWish wish = std::move(*storage.after_saving);
  storage.after_saving.reset();
  open_now(state, std::move(wish), effects);
}

void on(State& state, const CommitFailed& event, Effects& effects) {
  Storage& storage = state.storage;
  const bool is_waiting = !storage.waiting.empty() && event.number >= storage.waiting.front().number &&
                          event.number <= storage.issued;
  if (storage.opening || !is_waiting || storage.trouble) return;
  stop(state, event, effects);
  storage.journey.reset();
  if (storage.after_saving) {
    answer(effects, storage.after_saving->request, event.error);
    storage.after_saving.reset();
  }
}

void on(State& state, const StorageState& event, Effects& effects) {
  Storage& storage = state.storage;
  const StorageMode before = storage.mode;
  storage.mode = event.mode;
  storage.message = event.message;
  storage.hint = event.hint;
  if (before == event.mode || event.message.empty()) return;
  const bool taken_over = event.mode == StorageMode::ReadOnly && storage.open && !storage.opening;
  if (taken_over) show_toast(state, effects, event.message, true, "storage.take-over");
}

void on(State& state, const PageHidden&, Effects& effects) { save_draft(state, effects); }

void guard_leaving(State& state, Effects& effects) {
  const bool guard = !is_saved(state);
  if (guard == state.guarding) return;
  state.guarding = guard;
  effects.emplace_back(GuardLeaving{guard});
}

}  // namespace vignette
