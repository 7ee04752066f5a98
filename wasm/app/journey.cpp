#include <algorithm>

#include "wasm/app/parts.hpp"

// Undo, redo and "go back to here". Where the wanted moment's document is in memory, going there is a cursor
// that moves. Where it is not (it was made before the last reload), the changes between are asked for one
// after the other and applied to the nearest document that is there.

namespace vignette {
namespace {

/// Where the walk to `target` can start: the nearest moment on the way whose document is in memory.
std::size_t start_of_walk(const History& history, std::size_t target) {
  const std::size_t from = history.cursor();
  std::size_t at = target;
  while (at != from && !history.at(at).document) at < from ? ++at : --at;
  return at;
}

/// The moment whose changes lie between the journey and its next stop.
MomentId next_step(const History& history, const Journey& journey, std::size_t target) {
  return history.at(journey.at > target ? journey.at : journey.at + 1).info.id;
}

void tell(State& state, std::size_t from, std::size_t to, Effects& effects) {
  const auto label = [&](std::size_t at) { return state.history.at(at).info.label; };
  if (to + 1 == from) return show_toast(state, effects, "Undone: " + label(from), false, "redo");
  if (to == from + 1) return show_toast(state, effects, "Done again: " + label(to), false, "undo");
  const std::size_t steps = to < from ? from - to : to - from;
  show_toast(
      state, effects,
      "Went " + std::string(to < from ? "back " : "forward ") + count_of(steps, "step", "steps") + ".");
}

void arrive(State& state, std::size_t target, Effects& effects) {
  const std::size_t from = state.history.cursor();
  state.storage.journey.reset();
  if (from == target) return;
  stand_at(state, target, effects);
  tell(state, from, target, effects);
}

void cannot_go(State& state, Effects& effects) {
  state.storage.journey.reset();
  show_error(state, effects,
             {ErrorCode::NotFound, "The changes of this step can no longer be read.",
              "Steps after it can still be undone; a caption's own history may have the text."});
}

}  // namespace

void travel_to(State& state, std::size_t target, Effects& effects) {
  if (target >= state.history.size()) return;
  if (state.history.at(target).document) return arrive(state, target, effects);
  if (state.storage.trouble) {
    show_toast(state, effects, "This step can be reached once everything is saved.", true, "storage.retry");
    return;
  }
  const std::size_t at = start_of_walk(state.history, target);
  state.storage.journey = Journey{state.history.at(target).info.id, at, *state.history.at(at).document, 0};
  go_on_travelling(state, effects);
}

void go_on_travelling(State& state, Effects& effects) {
  Storage& storage = state.storage;
  // What is asked for must be on the disk already.
  if (!storage.journey || storage.journey->asked != 0 || !storage.waiting.empty()) return;
  const auto target = state.history.position_of(storage.journey->target);
  if (!target || !storage.open) return cannot_go(state, effects);
  storage.journey->asked = next_step(state.history, *storage.journey, *target);
  effects.emplace_back(LoadMoment{storage.journey->asked});
}

void on(State& state, const MomentLoaded& event, Effects& effects) {
  Storage& storage = state.storage;
  if (!storage.journey || storage.journey->asked != event.id) return;
  const auto target = state.history.position_of(storage.journey->target);
  if (event.parts.empty() || !target) return cannot_go(state, effects);
  Journey& journey = *storage.journey;
  if (journey.at > *target) {
    for (auto part = event.parts.rbegin(); part != event.parts.rend(); ++part)
      journey.document = applied(journey.document, *part, Direction::Backwards);
    --journey.at;
  } else {
    for (const Change& part : event.parts)
      journey.document = applied(journey.document, part, Direction::Forwards);
    ++journey.at;
  }
  journey.asked = 0;
  if (journey.at != *target) return go_on_travelling(state, effects);
  state.history.give(*target, std::move(journey.document));
  arrive(state, *target, effects);
}

/// Where a further undo or redo counts from: the end of the journey under way, if there is one.
static std::size_t standing(const State& state) {
  const auto& journey = state.storage.journey;
  const auto target = journey ? state.history.position_of(journey->target) : std::nullopt;
  return target.value_or(state.history.cursor());
}

void undo(State& state, Effects& effects) {
  save_draft(state, effects);
  if (const std::size_t at = standing(state); at > 0) travel_to(state, at - 1, effects);
}

void redo(State& state, Effects& effects) {
  save_draft(state, effects);
  travel_to(state, standing(state) + 1, effects);
}

}  // namespace vignette
