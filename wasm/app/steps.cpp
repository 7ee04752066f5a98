#include "wasm/app/parts.hpp"

namespace vignette {
namespace {

/// Words someone wrote would be lost with the tab; pictures that only came in would not.
bool is_work(const Command& command) {
  return std::holds_alternative<SetCaption>(command) || std::holds_alternative<AffixCaptions>(command);
}

void mark_unsaved(State& state, Effects& effects) {
  if (!state.unsaved) effects.emplace_back(GuardLeaving{true});
  state.unsaved = true;
}

}  // namespace

Result<int> take_step(State& state, const Command& command, Effects& effects, const std::string& merge_key) {
  auto performed = perform(state.document(), command);
  if (!performed) return performed.error();
  if (performed->changed == 0) return 0;
  const int changed = performed->changed;
  state.history.push(std::move(performed->document), std::move(performed->label), merge_key);
  if (is_work(command)) mark_unsaved(state, effects);
  forget_missing(state);
  return changed;
}

void undo(State& state, Effects& effects) {
  save_draft(state, effects);
  if (!state.history.can_undo()) return;
  const std::string label = state.history.undo_label();
  state.history.undo();
  mark_unsaved(state, effects);
  forget_missing(state);
  refresh_draft(state, effects);
  show_toast(state, effects, "Undone: " + label, false, "redo");
}

void redo(State& state, Effects& effects) {
  save_draft(state, effects);
  if (!state.history.can_redo()) return;
  const std::string label = state.history.redo_label();
  state.history.redo();
  mark_unsaved(state, effects);
  forget_missing(state);
  refresh_draft(state, effects);
  show_toast(state, effects, "Done again: " + label, false, "undo");
}

}  // namespace vignette
