#pragma once
// The parts update() is made of, one subject each. They change the state they are given and append effects.
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "shared/dataset/commands.hpp"
#include "wasm/app/effects.hpp"
#include "wasm/app/events.hpp"

namespace vignette {

// ---- steps.cpp: the document changes here and nowhere else
// -------------------------------------------------

/// Performs a command, makes it an undo step (joined with the last one of the same `merge_key`) and tells the
/// world. Returns how many items changed.
Result<int> take_step(State& state, const Command& command, Effects& effects,
                      const std::string& merge_key = {});
void undo(State& state, Effects& effects);
void redo(State& state, Effects& effects);

// ---- notices.cpp
// --------------------------------------------------------------------------------------------

void show_toast(State& state, Effects& effects, std::string text, bool problem = false,
                std::string action = {});
void show_error(State& state, Effects& effects, const Error& error);
void drop_old_toasts(State& state);
std::string count_of(std::size_t n, const char* one, const char* many);

// ---- selecting.cpp
// ------------------------------------------------------------------------------------------

void on(State& state, const ClickItem& event, Effects& effects);
void on(State& state, const OpenItem& event, Effects& effects);
void on(State& state, const BoxSelect& event, Effects& effects);
void on(State& state, const MoveFocus& event, Effects& effects);
/// The item the single view and the Caption room show moves; a caption being typed is saved first.
void show_item(State& state, const ItemId& item, Effects& effects);
void step_item(State& state, int step, Effects& effects);
void next_uncaptioned(State& state, Effects& effects);
/// After the document changed: what is selected exists.
void forget_missing(State& state);

// ---- fields.cpp: text being typed
// ---------------------------------------------------------------------------

/// What is typed is saved this long after the last key.
inline constexpr TimeMs kAutosaveMs = 1000;

void on(State& state, const FieldEntered& event, Effects& effects);
void on(State& state, const FieldChanged& event, Effects& effects);
void on(State& state, const FieldLeft& event, Effects& effects);
/// Saves what is typed, if it differs. The field keeps the focus.
void save_draft(State& state, Effects& effects);
void save_draft_if_due(State& state, Effects& effects);
/// The field's text in the document, or in the session for fields that are not the document's.
std::string field_text(const State& state, const std::string& field, const ItemId& item);
/// After undo or a change of item: the focused field shows what is true now.
void refresh_draft(State& state, Effects& effects);

// ---- importing.cpp
// ------------------------------------------------------------------------------------------

/// Pictures found wait at most this long before they show.
inline constexpr TimeMs kFlushMs = 400;

void on(State& state, const FilesArrived& event, Effects& effects);
void on(State& state, const ArchiveOpened& event, Effects& effects);
void on(State& state, const TextRead& event, Effects& effects);
void on(State& state, const PicturesInspected& event, Effects& effects);
void on(State& state, const SourceFailed& event, Effects& effects);
void flush_import_if_due(State& state, Effects& effects);
void cancel_import(State& state, Effects& effects);

// ---- exporting.cpp
// ------------------------------------------------------------------------------------------

/// Starts an export; on refusal says why to the script or in a toast.
void start_export(State& state, const ReplicateOptions& options, std::uint32_t request, Effects& effects);
void on(State& state, const ExportProgress& event, Effects& effects);
void on(State& state, const ExportFinished& event, Effects& effects);
void on(State& state, const ExportFailed& event, Effects& effects);
void cancel_export(State& state, Job& job, Effects& effects);
/// What is exported: the selection, or null for all.
const std::vector<ItemId>* export_scope(const State& state, const ReplicateOptions& options,
                                        std::vector<ItemId>& storage);

// ---- running.cpp: commands by id
// ----------------------------------------------------------------------------

void on(State& state, const RunCommand& event, Effects& effects);
void cancel_job(State& state, std::uint32_t job, Effects& effects);

}  // namespace vignette
