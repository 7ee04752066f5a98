#pragma once
#include <string>
#include <variant>
#include <vector>

#include "shared/dataset/change.hpp"
#include "wasm/app/looking.hpp"
#include "wasm/app/sending.hpp"
#include "wasm/app/state.hpp"

namespace vignette {

// ---- what the person asks, said by views, keys, the palette and scripts alike ----------------------------

/// Runs a command of the registry (wasm/app/commands.hpp) by its id. Arguments are JSON text; `request` is
/// the script call that wants the answer, 0 when nobody waits.
struct RunCommand {
  std::string id;
  std::string args = "{}";
  std::uint32_t request = 0;
};
struct ClickItem {
  ItemId item;
  bool toggle = false;  ///< Ctrl or Cmd
  bool range = false;   ///< Shift
};
struct OpenItem {  ///< double click or Enter on a tile
  ItemId item;
};
/// A box was drawn over the grid. `base` is what was selected when it began (empty unless Ctrl).
struct BoxSelect {
  std::vector<ItemId> inside;
  std::set<ItemId> base;
};
/// The keyboard moves in the grid: by `step` items; `range` extends the selection.
struct MoveFocus {
  int step = 0;
  bool range = false;
};
struct SetTileSize {
  int px = 168;
};
struct SetExportOptions {
  ReplicateOptions options;
  ExportFormat format = ExportFormat::Replicate;
};
struct SetTheme {
  Theme theme = Theme::System;
};
struct SetScale {
  float scale = 1.0F;
};
struct ShowRejections {
  std::uint32_t job = 0;
};
struct CancelJob {
  std::uint32_t job = 0;
};
struct DismissJob {
  std::uint32_t job = 0;
};
struct DismissToast {
  std::uint32_t toast = 0;
};
struct CloseDialog {};
struct MovePaletteRow {
  int step = 0;
};

// ---- text fields: the DOM field over the ImGui field talks through these ---------------------------------

struct FieldEntered {
  std::string field;
  ItemId item;
};
struct FieldChanged {
  std::string field;
  ItemId item;
  std::string text;
};
struct FieldLeft {
  std::string field;
  ItemId item;
};

// ---- what happened outside --------------------------------------------------------------------------------

/// Files were dropped, chosen, pasted or made. A folder comes in batches; `last` closes the drop.
/// `request` is a script's addFiles() that waits.
struct FilesArrived {
  std::vector<FileEntry> files;
  bool last = true;
  std::uint32_t request = 0;
};
/// Files a ZIP contains; its entries have become sources of their own.
struct ArchiveOpened {
  std::uint32_t job = 0;
  SourceId source = 0;
  std::vector<FileEntry> files;
  std::vector<Rejection> rejected;
};
struct TextRead {
  std::uint32_t job = 0;
  SourceId source = 0;
  std::string text;
  bool repaired = false;  ///< it was not valid UTF-8
};
struct Inspection {
  SourceId source = 0;
  std::string hash;
  std::uint32_t crc32 = 0;
  std::uint64_t bytes = 0;
  std::string format;
  int width = 0;
  int height = 0;
  int orientation = 1;
  bool alpha = false;
  bool animated = false;
  std::uint64_t phash = 0;
  std::optional<TimeMs> taken;
};
struct PicturesInspected {
  std::uint32_t job = 0;
  std::vector<Inspection> pictures;
};
/// A source could not be opened, read or understood.
struct SourceFailed {
  std::uint32_t job = 0;
  SourceId source = 0;
  Error error;
};
struct ExportProgress {
  std::uint32_t job = 0;
  int done = 0;
};
struct ExportFinished {
  std::uint32_t job = 0;
  std::uint64_t bytes = 0;
};
struct ExportFailed {
  std::uint32_t job = 0;
  Error error;
};
struct FilesHover {
  bool over = false;
};
struct SystemLook {
  bool dark = true;
  bool reduced_motion = false;
};
/// The page goes out of sight and may be frozen or closed: what is being typed is saved at once.
struct PageHidden {};

// ---- the storage side
// --------------------------------------------------------------------------------------

/// It can be asked now.
struct Started {};
struct StorageState {
  StorageMode mode = StorageMode::None;
  std::string dataset;
  std::string message;
  std::string hint;
};
struct DatasetOpened {
  Document document;
  std::vector<MomentInfo> moments;
  MomentId cursor = 0;
  std::vector<std::pair<ItemId, SourceId>> sources;  ///< items whose bytes are there
  bool read_only = false;
  std::vector<StoredJob> jobs;
  std::vector<std::string> notes;
};
struct OpenFailed {
  std::string id;
  Error error;
};
struct Committed {
  std::uint64_t number = 0;
};
struct CommitFailed {
  std::uint64_t number = 0;
  std::string kind;  ///< "full", "damaged", "read_only", "refused", "internal"
  Error error;
};
struct DatasetsListed {
  std::vector<DatasetCard> datasets;
};
struct MomentLoaded {
  MomentId id = 0;
  std::vector<Change> parts;  ///< empty: it is no longer stored
};
struct CaptionHistoryLoaded {
  ItemId item;
  std::string set;
  std::vector<Caption> entries;
};
struct StorageUsage {
  StorageUse use;
};
/// A caption's text file that somebody else changed.
struct OutsideText {
  ItemId item;
  std::string text;
  TimeMs modified = 0;
  std::optional<std::string> known;  ///< what both sides had last
};
struct TextsFound {
  std::vector<OutsideText> texts;
};
struct FilesMissing {
  std::vector<ItemId> items;
};
/// Folders with pictures that the browser wants to be asked about again.
struct FoldersWaiting {
  std::vector<std::string> folders;
};
struct FolderLinked {
  std::string name;
  std::optional<Error> error;
};

/// Time passed. The web layer sends one when `next_wake` (update.hpp) is due.
struct Tick {};

using Event =
    std::variant<RunCommand, ClickItem, OpenItem, BoxSelect, MoveFocus, SetTileSize, SetExportOptions,
                 SetTheme, SetScale, ShowRejections, CancelJob, DismissJob, DismissToast, CloseDialog,
                 MovePaletteRow, FieldEntered, FieldChanged, FieldLeft, FilesArrived, ArchiveOpened, TextRead,
                 PicturesInspected, SourceFailed, ExportProgress, ExportFinished, ExportFailed, FilesHover,
                 SystemLook, Tick, PageHidden, Started, StorageState, DatasetOpened, OpenFailed, Committed,
                 CommitFailed, DatasetsListed, MomentLoaded, CaptionHistoryLoaded, StorageUsage, TextsFound,
                 FilesMissing, FoldersWaiting, FolderLinked, ConnectionsRestored, LocalServersFound,
                 SessionOpened, SessionFailed, FetchSent, FetchHead, FetchPart, FetchDone, FetchFailed,
                 LedgerLoaded, TextPicked, NetworksKnown>;

}  // namespace vignette
