#pragma once
#include <string>
#include <variant>
#include <vector>

#include "wasm/app/state.hpp"

namespace vignette {

/// Show the browser's file or folder dialog; answers with FilesArrived.
struct PickFiles {
  bool folder = false;
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

using Effect = std::variant<PickFiles, MakeSample, InspectPictures, ReadTexts, OpenArchives, StopWork,
                            KeepSources, BuildArchive, Reply, ReplyWithPicture, Announce, StorePreference,
                            FocusField, RefreshField, GuardLeaving>;
using Effects = std::vector<Effect>;

}  // namespace vignette
