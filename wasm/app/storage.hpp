#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/dataset/history.hpp"

namespace vignette {

/// A file the web layer holds for us. It stays a File or Blob over there; here it is only a number.
using SourceId = std::uint32_t;

/// A file as it came in, before anybody looked inside.
struct FileEntry {
  SourceId source = 0;
  std::string path;
  std::uint64_t bytes = 0;
  TimeMs modified = 0;
};

/// What becomes of the work. `None`: nobody stores here, or has not said so yet.
enum class StorageMode { None, Ready, Memory, ReadOnly, Damaged, Full, Evicted };

/// One change of the dataset on its way to the disk. It is kept until the storage side says that it is
/// durable, so that it can be asked for again.
struct Commit {
  std::uint64_t number = 0;
  std::optional<MomentInfo> moment;  ///< absent: an undo, a redo, or bytes given again; nothing is logged
  std::string change = "{}";         ///< JSON, shared/dataset/change_json.hpp
  MomentId cursor = 0;
  std::optional<MomentId> forget_after;
  std::vector<std::pair<ItemId, SourceId>> keep;  ///< bytes to copy first
};

/// A dataset on the start page.
struct DatasetCard {
  std::string id;
  std::string name;
  int items = 0;
  int captioned = 0;
  std::uint64_t bytes = 0;
  TimeMs changed = 0;
  bool trashed = false;
  bool open_elsewhere = false;
  std::vector<ItemId> cover;
};

/// Work that a reload interrupted. It goes on when the person says so.
struct StoredJob {
  std::string id;
  std::string kind;  ///< "import", "export"
  std::string state;
  std::string spec;  ///< JSON: what it takes to begin again
  int done = 0;
  int failed = 0;
  int total = 0;
};

struct UsageRow {
  std::string id;
  std::string name;
  std::uint64_t catalogue = 0;
  std::uint64_t pictures = 0;
  std::uint64_t thumbnails = 0;
};
struct StorageUse {
  std::uint64_t usage = 0;
  std::uint64_t quota = 0;
  bool persisted = false;
  std::vector<UsageRow> datasets;
};

/// Every text a caption ever was, newest first.
struct CaptionHistory {
  ItemId item;
  std::string set = kMainSet;
  std::vector<Caption> entries;
  std::uint64_t asked_at = 0;  ///< the commit up to which it is complete
  bool loaded = false;
};

/// Going back or forward to a moment whose document is not in memory: the changes between are loaded one
/// after the other.
struct Journey {
  MomentId target = 0;
  std::size_t at = 0;  ///< where `document` stands
  Document document;
  MomentId asked = 0;  ///< the moment whose changes are on their way; 0: not asked yet
};

/// A script that waits for caption texts; with an index, to put one back.
struct HistoryRequest {
  ItemId item;
  std::string set;
  std::uint32_t request = 0;
  int restore = -1;
};

/// What came while a dataset was being opened: a command, or files where `command` is empty.
struct Held {
  std::string command;
  std::string args;
  std::vector<FileEntry> files;
  bool last = true;
  std::uint32_t request = 0;
};

/// What opens next. All of the dataset that is open must be durable first.
struct OpenWish {
  enum class Kind { Open, Create, Project, Trash } kind = Kind::Open;
  std::string id;
  std::string name;
  SourceId source = 0;
  bool take_over = false;
  std::uint32_t request = 0;
};

/// What the app knows of the storage side (the worker with SQLite). `open` false: nothing is sent there.
struct Storage {
  StorageMode mode = StorageMode::None;
  std::string message;  ///< why the mode is what it is, in a sentence
  std::string hint;
  bool started = false;
  bool open = false;
  std::string dataset;
  std::vector<std::string> notes;  ///< what was recovered, or is missing

  std::uint64_t issued = 0;  ///< number of the last commit
  std::uint64_t confirmed = 0;
  std::deque<Commit> waiting;          ///< issued and not confirmed, in order
  std::optional<Error> trouble;        ///< commits stopped with this; nothing more is sent until a retry
  std::string trouble_kind;            ///< "full", "damaged", "read_only", …
  std::set<ItemId> kept;               ///< whose bytes the dataset has
  std::set<ItemId> missing;            ///< whose bytes can no longer be read
  std::optional<Document> bring_back;  ///< goes into the dataset that is opened next

  bool opening = false;
  OpenWish wish;  ///< what is being opened
  TimeMs opening_since = 0;
  std::optional<OpenWish> after_saving;
  std::vector<Held> held;
  std::optional<Journey> journey;

  std::vector<DatasetCard> datasets;
  bool listed = false;
  std::vector<std::uint32_t> list_requests;
  std::string trashed;  ///< what "undo" of a deletion brings back
  std::string duplicating;

  std::optional<StorageUse> use;
  std::vector<std::uint32_t> use_requests;
  std::vector<std::string> folders_waiting;
  std::string folder;  ///< captions are kept there, next to the pictures
  std::vector<StoredJob> interrupted;

  CaptionHistory captions;
  std::vector<HistoryRequest> history_requests;
};

}  // namespace vignette
