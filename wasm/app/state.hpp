#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/dataset/history.hpp"
#include "shared/formats/replicate.hpp"
#include "wasm/app/captioning.hpp"
#include "wasm/app/storage.hpp"

namespace vignette {

enum class Room { Library, Caption, Export, Settings, Datasets, Ledger };
enum class ExportFormat { Replicate, WebData, WebDataset };
enum class Theme { System, Dark, Light };
enum class JobState { Running, Done, Cancelled, Failed };
enum class JobKind { Import, Export, Project, Caption };

/// A file that did not become an item, and why: one row of the list people see after an import.
struct Rejection {
  std::string path;
  Error error;
};

/// Long work with numbers on it. Finished jobs stay until dismissed, so that their rejections can be read.
struct Job {
  std::uint32_t id = 0;
  JobKind kind = JobKind::Import;
  JobState state = JobState::Running;
  std::string label;  ///< "Adding pictures", "Export my_set_training.zip"
  int total = 0;
  int done = 0;    ///< finished well
  int failed = 0;  ///< finished badly; each has a row in `rejected`
  std::vector<Rejection> rejected;
  std::vector<std::string> notes;  ///< "cat.txt has no picture", "2 files are the same picture as others"
  StoredJob stored;                ///< how it is remembered across a reload; no id: it is not
};

/// An import under way: files come in, archives open into more files, pictures are inspected, texts read;
/// when nothing is left it becomes one AddItems command and one undo step at a time.
struct Import {
  std::uint32_t job = 0;
  std::map<SourceId, std::string> inspecting;  ///< pictures not yet answered for
  std::map<SourceId, std::string> reading;     ///< caption files not yet read
  std::map<SourceId, std::string> opening;     ///< archives not yet listed
  std::map<std::string, std::string> texts;    ///< caption files read: path → text
  std::vector<Item> found;                     ///< inspected, not yet in the document
  std::set<ItemId> added;                      ///< what this import brought so far
  std::vector<std::uint32_t> requests;         ///< scripts that wait for the end
  TimeMs flushed_at = 0;                       ///< when `found` last went into the document
  int same_picture = 0;                        ///< files whose bytes were there already under another path
  int junk = 0;                                ///< hidden files and the like, skipped without a row
  bool receiving = false;                      ///< a folder is still being walked
};

/// Which items are chosen, and which one is under the cursor.
struct Selection {
  std::set<ItemId> ids;
  ItemId focus;   ///< where the keyboard is; "" when nothing is
  ItemId anchor;  ///< where a Shift range starts
};

struct Toast {
  std::uint32_t id = 0;
  std::string text;
  std::string action;  ///< command id behind the button, or ""
  bool problem = false;
  TimeMs until = 0;
};

/// Text being typed into one field. The DOM field is the truth while it has the focus;
/// this is its last word to us.
struct Draft {
  std::string field;  ///< "caption", "context", "palette" … ; "" when no field has the focus
  ItemId item;        ///< for "caption": whose
  std::string text;
  std::string original;
  TimeMs typed_at = 0;
  bool dirty = false;  ///< typed since the last save
};

enum class Dialog {
  None,
  Keys,
  About,
  Rejections,
  ConfirmRemove,
  ConfirmNew,
  NewDataset,
  RenameDataset,
  Preset,
  Compare
};

/// What the person is looking at: not undoable, cheap to copy.
struct Session {
  Room room = Room::Library;
  Selection selection;
  bool single_view = false;  ///< Library shows the focused picture large
  int tile_px = 168;
  Theme theme = Theme::System;
  bool system_dark = true;
  float ui_scale = 1.0F;
  bool reduced_motion = false;
  bool palette_open = false;
  int palette_row = 0;
  Dialog dialog = Dialog::None;
  std::uint32_t dialog_job = 0;  ///< whose rejections are shown
  std::string dialog_dataset;    ///< which dataset is renamed
  bool history_open = false;     ///< the panel beside the room
  bool dragging_files = false;   ///< files hover over the window
  Draft draft;
  std::string focus_wanted;    ///< a field that should take the focus in the next frame
  std::string prefix, suffix;  ///< Caption room's affix fields
  ReplicateOptions export_options;
  ExportFormat export_format = ExportFormat::Replicate;
  std::map<std::string, std::string> fields;  ///< texts of fields that are not captions, by field id
  std::vector<Toast> toasts;
};

/// Everything the app knows, as one value. Pictures' bytes and textures are caches elsewhere, keyed by id.
struct State {
  History history;
  Session session;
  std::vector<Job> jobs;
  std::optional<Import> import;
  std::unordered_map<ItemId, SourceId> sources;            ///< where an item's bytes are; survives undo
  std::map<std::uint32_t, std::uint32_t> export_requests;  ///< job → script call that waits for its Blob
  std::uint32_t next_number = 1;                           ///< for jobs and toasts
  TimeMs now = 0;
  Storage storage;
  Captioning captioning;
  bool unsaved = false;   ///< words were written since the last export; what counts where nothing is stored
  bool guarding = false;  ///< leaving the page asks first

  const Document& document() const { return history.now(); }
  const Job* find_job(std::uint32_t id) const;
  Job* find_job(std::uint32_t id);
};

}  // namespace vignette
