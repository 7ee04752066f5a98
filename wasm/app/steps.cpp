#include "shared/dataset/change_json.hpp"
#include "wasm/app/parts.hpp"

namespace vignette {
namespace {

/// Words someone wrote would be lost with the tab where nothing is stored; pictures that only came in would
/// not.
bool is_work(const Command& command) {
  return std::holds_alternative<SetCaption>(command) || std::holds_alternative<SetCaptions>(command) ||
         std::holds_alternative<AffixCaptions>(command) ||
         std::holds_alternative<ReplaceInCaptions>(command) || std::holds_alternative<WriteCaptions>(command);
}

/// The bytes of new items, once for each.
std::vector<std::pair<ItemId, SourceId>> bytes_to_keep(State& state, const Change& change) {
  std::vector<std::pair<ItemId, SourceId>> keep;
  for (const ItemChange& item : change.items) {
    if (!item.after || state.storage.kept.count(item.id()) != 0) continue;
    const auto source = state.sources.find(item.id());
    if (source == state.sources.end()) continue;
    keep.emplace_back(item.id(), source->second);
    state.storage.kept.insert(item.id());
  }
  return keep;
}

/// The one place that tells the storage side what changed.
void store(State& state, const Document& before, const History::Pushed* step, Effects& effects) {
  state.storage.journey.reset();
  if (!state.storage.open) return;
  const Change change = difference(before, state.document());
  Commit commit;
  commit.change = write_change(change);
  commit.keep = bytes_to_keep(state, change);
  commit.cursor = state.history.at(state.history.cursor()).info.id;
  if (step) {
    commit.moment = step->moment;
    commit.forget_after = step->forget_after;
  }
  issue(state, std::move(commit), effects);
}

}  // namespace

void push_step(State& state, Document document, std::string label, const std::string& merge_key,
               Effects& effects) {
  const Document before = state.document();
  const History::Pushed step =
      state.history.push(std::move(document), std::move(label), merge_key, state.now);
  store(state, before, &step, effects);
  forget_missing(state);
}

Result<int> take_step(State& state, const Command& command, Effects& effects, const std::string& merge_key) {
  if (const auto refusal = why_not_edit(state)) return *refusal;
  auto performed = perform(state.document(), command);
  if (!performed) return performed.error();
  if (performed->changed == 0) return 0;
  push_step(state, std::move(performed->document), std::move(performed->label), merge_key, effects);
  if (is_work(command)) state.unsaved = true;
  return performed->changed;
}

void rename_step(State& state, const std::string& merge_key, const std::string& label, Effects& effects) {
  for (const MomentInfo& renamed : state.history.rename_step(merge_key, label)) {
    if (!state.storage.open) continue;
    Commit commit;
    commit.moment = renamed;
    commit.cursor = state.history.at(state.history.cursor()).info.id;
    issue(state, std::move(commit), effects);
  }
}

void stand_at(State& state, std::size_t position, Effects& effects) {
  const Document before = state.document();
  if (!state.history.go_to(position)) return;
  store(state, before, nullptr, effects);
  state.unsaved = true;
  forget_missing(state);
  refresh_draft(state, effects);
}

}  // namespace vignette
