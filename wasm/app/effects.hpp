#pragma once
#include <string>
#include <variant>
#include <vector>

#include "wasm/app/looking.hpp"
#include "wasm/app/sending.hpp"
#include "wasm/app/state.hpp"

namespace vignette {

/// Show the browser's file or folder dialog; answers with FilesArrived.
struct PickFiles {
  bool folder = false;
  bool project = false;  ///< one project file
};
/// Draw the sample pictures; answers with FilesArrived.
struct MakeSample {
  std::uint32_t request = 0;
};
/// Hash, measure and thumbnail pictures in the workers; answers with PicturesInspected and SourceFailed.
struct InspectPictures {
  std::uint32_t job = 0;
  std::vector<FileEntry> files;
};
struct ReadTexts {
  std::uint32_t job = 0;
  std::vector<FileEntry> files;
};
struct OpenArchives {
  std::uint32_t job = 0;
  std::vector<FileEntry> files;
};
/// Drop what a job still has waiting or running.
struct StopWork {
  std::uint32_t job = 0;
};
/// From now on this source holds the bytes of this item (thumbnails and full views ask by item).
struct KeepSources {
  std::vector<std::pair<ItemId, SourceId>> kept;
};
/// One file of an archive: an item's bytes, or a text made here.
struct ArchiveEntry {
  std::string path;
  std::optional<SourceId> source;
  std::string text;
  std::uint64_t bytes = 0;
  std::uint32_t crc32 = 0;
  TimeMs modified = 0;
};
/// Write a ZIP. `request` 0: save it as a download; otherwise hand it to that script call.
struct BuildArchive {
  std::uint32_t job = 0;
  std::string name;
  std::vector<ArchiveEntry> entries;
  bool strip_metadata = false;
  std::uint32_t request = 0;
};
/// Parts put behind each other as one file: texts, and sources as they are. Told about as BuildArchive is.
struct BuildFile {
  std::uint32_t job = 0;
  std::string name;
  std::string mime;
  std::vector<ArchiveEntry> parts;
  std::uint32_t request = 0;
};
/// Answer a script call with JSON text, or with an error.
struct Reply {
  std::uint32_t request = 0;
  std::string json = "null";
  std::optional<Error> error;
};
/// Answer a script call with a picture made by a worker.
struct ReplyWithPicture {
  std::uint32_t request = 0;
  enum class Kind { Thumbnail, Copy } kind = Kind::Thumbnail;
  SourceId source = 0;
  int long_side = 0;
  std::vector<Box> boxes;  ///< blacked out, as in what a model gets
};
/// Say it to screen readers.
struct Announce {
  std::string text;
  bool assertive = false;
};
/// Remember a preference on this device.
struct StorePreference {
  std::string key;
  std::string value;
};
/// The field takes the keyboard (its rectangle is known after the next draw), or "" gives it back.
struct FocusField {
  std::string field;
};
/// The text of the field that has the focus changed under it (undo, another item).
struct RefreshField {
  std::string text;
};
/// Whether leaving the page should ask first.
struct GuardLeaving {
  bool guard = false;
};

// ---- the storage side; Commit is in storage.hpp
// ------------------------------------------------------------

/// Answers with StorageState and DatasetOpened, or OpenFailed. "": the one used last, or a first one.
struct OpenDataset {
  std::string id;
  bool take_over = false;  ///< from the tab that writes to it now
};
struct CreateDataset {
  std::string name;
};
// These four answer with DatasetsListed.
struct ListDatasets {};
struct DuplicateDataset {
  std::string id;
};
struct RenameStoredDataset {
  std::string id;
  std::string name;
};
struct TrashDataset {
  std::string id;
};
struct RestoreDataset {
  std::string id;
};
/// Answers with MomentLoaded.
struct LoadMoment {
  MomentId id = 0;
};
struct LoadCaptionHistory {
  ItemId item;
  std::string set = kMainSet;
};
/// The dataset as one file. `request` 0: a download, with progress under `job`.
struct SaveProject {
  std::uint32_t request = 0;
  std::uint32_t job = 0;
  bool pictures = true;
  std::vector<Commit> pending;  ///< what could not be stored and is only here
};
struct OpenProject {
  SourceId source = 0;
  std::uint32_t request = 0;
};
/// The bare database.
struct SaveCatalogue {
  std::uint32_t request = 0;
  bool damaged = false;  ///< the one that was found damaged
  std::vector<Commit> pending;
};
struct StoreJob {
  StoredJob job;
};
struct ForgetJob {
  std::string id;
};
/// Both answer with StorageUsage.
struct AskPersist {};
struct LoadUsage {};
/// Captions next to the pictures. Linking and resuming ask the person, so they must follow a click.
struct LinkFolder {};
struct ResumeFolder {};
struct UnlinkFolder {};

using Effect =
    std::variant<PickFiles, MakeSample, InspectPictures, ReadTexts, OpenArchives, StopWork, KeepSources,
                 BuildArchive, BuildFile, Reply, ReplyWithPicture, Announce, StorePreference, FocusField,
                 RefreshField, GuardLeaving, Commit, OpenDataset, CreateDataset, ListDatasets,
                 DuplicateDataset, RenameStoredDataset, TrashDataset, RestoreDataset, LoadMoment,
                 LoadCaptionHistory, SaveProject, OpenProject, SaveCatalogue, StoreJob, ForgetJob, AskPersist,
                 LoadUsage, LinkFolder, ResumeFolder, UnlinkFolder, KeepSecret, ForgetSecret,
                 StoreConnections, OpenSession, Fetch, CancelFetch, SetLocalOnly, FindLocalServers, SaveText,
                 PickText, AddToLedger, LookAt, StopLooking>;
using Effects = std::vector<Effect>;

}  // namespace vignette
