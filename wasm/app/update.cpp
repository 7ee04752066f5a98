#include "wasm/app/update.hpp"

#include <algorithm>

#include "wasm/app/captioning_parts.hpp"
#include "wasm/app/commands.hpp"
#include "wasm/app/parts.hpp"

namespace vignette {
namespace {

// The small events, each a line or two; the others live in the file of their subject.

void on(State& state, const SetTileSize& event, Effects& effects) {
  state.session.tile_px = std::clamp(event.px, 64, 512);
  effects.emplace_back(StorePreference{"tile", std::to_string(state.session.tile_px)});
}

void on(State& state, const SetExportOptions& event, Effects&) {
  state.session.export_options = event.options;
  state.session.export_format = event.format;
}

void on(State& state, const SetTheme& event, Effects& effects) {
  static constexpr const char* kNames[] = {"system", "dark", "light"};
  state.session.theme = event.theme;
  effects.emplace_back(StorePreference{"theme", kNames[static_cast<int>(event.theme)]});
}

void on(State& state, const SetScale& event, Effects& effects) {
  state.session.ui_scale = std::clamp(event.scale, 0.75F, 2.0F);
  effects.emplace_back(
      StorePreference{"scale", std::to_string(static_cast<int>(state.session.ui_scale * 100 + 0.5F))});
}

void on(State& state, const ShowRejections& event, Effects&) {
  state.session.dialog = Dialog::Rejections;
  state.session.dialog_job = event.job;
}

void on(State& state, const CancelJob& event, Effects& effects) { cancel_job(state, event.job, effects); }

void on(State& state, const DismissJob& event, Effects&) {
  std::erase_if(state.jobs,
                [&](const Job& job) { return job.id == event.job && job.state != JobState::Running; });
}

void on(State& state, const DismissToast& event, Effects&) {
  std::erase_if(state.session.toasts, [&](const Toast& toast) { return toast.id == event.toast; });
}

void on(State& state, const CloseDialog&, Effects&) { state.session.dialog = Dialog::None; }

void on(State& state, const MovePaletteRow& event, Effects&) {
  const auto rows = static_cast<int>(palette_rows(state, state.session.fields["palette"]).size());
  if (rows > 0) state.session.palette_row = (state.session.palette_row + event.step % rows + rows) % rows;
}

void on(State& state, const FilesHover& event, Effects&) { state.session.dragging_files = event.over; }

void on(State& state, const SystemLook& event, Effects&) {
  state.session.system_dark = event.dark;
  state.session.reduced_motion = event.reduced_motion;
}

void on(State&, const Tick&, Effects&) {}  // time itself is handled for every event below

}  // namespace

Effects update(State& state, const Event& event, TimeMs now) {
  Effects effects;
  state.now = now;
  std::visit([&](const auto& one) { on(state, one, effects); }, event);
  save_draft_if_due(state, effects);
  flush_import_if_due(state, effects);
  drop_old_toasts(state);
  give_up_opening_if_due(state, effects);
  follow_caption_texts(state, effects);
  follow_dataset(state, effects);
  adopt_interrupted_runs(state, effects);
  advance_runs(state, effects);
  guard_leaving(state, effects);
  return effects;
}

std::optional<TimeMs> next_wake(const State& state) {
  std::optional<TimeMs> next;
  const auto consider = [&](TimeMs at) { next = next ? std::min(*next, at) : at; };
  if (state.session.draft.dirty && !why_not_edit(state)) consider(state.session.draft.typed_at + kAutosaveMs);
  if (state.import && !state.import->found.empty()) consider(state.import->flushed_at + kFlushMs);
  if (const auto due = opening_ends(state)) consider(*due);
  for (const Toast& toast : state.session.toasts) consider(toast.until);
  if (const auto due = captioning_wake(state)) consider(*due);
  return next;
}

}  // namespace vignette
