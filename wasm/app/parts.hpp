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
/// The same for a document that is there already.
void push_step(State& state, Document document, std::string label, const std::string& merge_key,
               Effects& effects);
void rename_step(State& state, const std::string& merge_key, const std::string& label, Effects& effects);
/// Moves the cursor to a moment whose document is in memory.
void stand_at(State& state, std::size_t position, Effects& effects);

// ---- journey.cpp: through the moments
// -----------------------------------------------------------------------

void undo(State& state, Effects& effects);
void redo(State& state, Effects& effects);
/// Goes to a moment, however many steps away, as soon as its document is there.
void travel_to(State& state, std::size_t position, Effects& effects);
void go_on_travelling(State& state, Effects& effects);
void on(State& state, const MomentLoaded& event, Effects& effects);

// ---- storing.cpp: what is durable, and what is not yet
// -------------------------------------------------------

/// Whether what is confirmed survives the tab.
bool is_durable(const Storage& storage);
bool is_typing(const State& state);
/// Everything is durable: nothing is being typed, every commit is confirmed.
bool is_saved(const State& state);
/// Why the document must not change now; nothing when it may.
std::optional<Error> why_not_edit(const State& state);
void refuse_edit(State& state, Effects& effects);
/// Numbers a commit and sends it, or lets it wait behind one that failed.
void issue(State& state, Commit commit, Effects& effects);
/// The bytes of items whose files had gone.
void keep_bytes_again(State& state, std::vector<std::pair<ItemId, SourceId>> keep, Effects& effects);
void retry_storing(State& state, Effects& effects);
void guard_leaving(State& state, Effects& effects);
void on(State& state, const Committed& event, Effects& effects);
void on(State& state, const CommitFailed& event, Effects& effects);
void on(State& state, const StorageState& event, Effects& effects);
void on(State& state, const PageHidden& event, Effects& effects);

// ---- opening.cpp: which dataset is open
// ----------------------------------------------------------------------

/// Opens another dataset as soon as this one is durable; or says why not.
std::optional<Error> open_when_saved(State& state, OpenWish wish, Effects& effects);
void open_now(State& state, OpenWish wish, Effects& effects);
std::optional<TimeMs> opening_ends(const State& state);
void give_up_opening_if_due(State& state, Effects& effects);
void on(State& state, const Started& event, Effects& effects);
void on(State& state, const DatasetOpened& event, Effects& effects);
void on(State& state, const OpenFailed& event, Effects& effects);

// ---- datasets.cpp
// --------------------------------------------------------------------------------------------

void list_datasets(State& state, std::uint32_t request, Effects& effects);
void trash_dataset(State& state, const std::string& id, Effects& effects);
std::optional<Error> trash_open_dataset(State& state, Effects& effects);
/// Answers the scripts that wait for something the storage side could not do.
void fail_requests(State& state, const Error& error, Effects& effects);
void on(State& state, const DatasetsListed& event, Effects& effects);
void on(State& state, const StorageUsage& event, Effects& effects);
void on(State& state, const FoldersWaiting& event, Effects& effects);
void on(State& state, const FolderLinked& event, Effects& effects);
void on(State& state, const FilesMissing& event, Effects& effects);

// ---- projects.cpp
// --------------------------------------------------------------------------------------------

bool is_project_file(std::string_view path);
void save_project(State& state, bool pictures, std::uint32_t request, Effects& effects);
void save_catalogue(State& state, bool damaged, std::uint32_t request, Effects& effects);
void open_project(State& state, const FileEntry& file, std::uint32_t request, Effects& effects);

// ---- interrupted.cpp: jobs across a reload
// -------------------------------------------------------------------

void remember_job(State& state, Job& job, std::string spec, Effects& effects);
void note_progress(Job& job, Effects& effects);
void forget_stored(Job& job, Effects& effects);
void forget_running_jobs(State& state, Effects& effects);
std::string describe_interrupted(const StoredJob& job);
std::optional<Error> continue_job(State& state, const std::string& id, Effects& effects);
std::optional<Error> discard_job(State& state, const std::string& id, Effects& effects);

// ---- caption_texts.cpp: every text a caption ever was
// --------------------------------------------------------

void ask_caption_texts(State& state, HistoryRequest wanted, Effects& effects);
void follow_caption_texts(State& state, Effects& effects);
void on(State& state, const CaptionHistoryLoaded& event, Effects& effects);

// ---- outside_texts.cpp
// ---------------------------------------------------------------------------------------

void on(State& state, const TextsFound& event, Effects& effects);

// ---- notices.cpp
// --------------------------------------------------------------------------------------------

void show_toast(State& state, Effects& effects, std::string text, bool problem = false,
                std::string action = {});
void show_error(State& state, Effects& effects, const Error& error);
void drop_old_toasts(State& state);
std::string count_of(std::size_t n, const char* one, const char* many);
/// Answers a script; nobody waits for request 0.
void answer(Effects& effects, std::uint32_t request, std::string json);
void answer(Effects& effects, std::uint32_t request, const Error& error);

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

/// What a format makes of the dataset (export_formats.cpp).
ExportPlan plan_export(const State& state, ExportFormat format, const ReplicateOptions& options);
std::vector<BuildFile> shard_files(const State& state, const ReplicateOptions& options);
/// Starts an export; on refusal says why to the script or in a toast.
void start_export(State& state, ExportFormat format, const ReplicateOptions& options, std::uint32_t request,
                  Effects& effects);
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
