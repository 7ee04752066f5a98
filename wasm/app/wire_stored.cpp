#include "shared/dataset/change_json.hpp"
#include "wasm/app/wire_read.hpp"
#include "wasm/app/wire_storage.hpp"

namespace vignette {
namespace {

using namespace wire_read;

StorageMode mode_named(const std::string& name) {
  if (name == "ready") return StorageMode::Ready;
  if (name == "memory") return StorageMode::Memory;
  if (name == "read_only") return StorageMode::ReadOnly;
  if (name == "damaged") return StorageMode::Damaged;
  if (name == "full") return StorageMode::Full;
  return name == "evicted" ? StorageMode::Evicted : StorageMode::None;
}

std::vector<std::string> texts(const Json& json, const char* key) {
  std::vector<std::string> out;
  for (const Json& one : list(json, key)) {
    if (one.is_string()) out.push_back(one.get<std::string>());
  }
  return out;
}

Event opened(const Json& json) {
  DatasetOpened event;
  Document& document = event.document;
  document.id = text(json, "id");
  document.name = text(json, "name");
  if (const Json* settings = member(json, "settings")) document.settings = read_settings(*settings);
  const Json& items = list(json, "items");
  document.items.reserve(items.size());
  for (const Json& one : items) {
    Item item = read_item(one);
    if (const Json* captions = member(one, "captions"); captions && captions->is_object()) {
      for (const auto& [set, caption] : captions->items()) item.captions[set] = read_caption(caption);
    }
    if (const Json* source = member(one, "source"); source && source->is_number())
      event.sources.emplace_back(item.id, source->get<SourceId>());
    document.items.push_back(std::make_shared<const Item>(std::move(item)));
  }
  put_in_order(document);
  for (const Json& one : list(json, "moments"))
    event.moments.push_back({number<MomentId>(one, "id"), text(one, "label"), number<TimeMs>(one, "time")});
  event.cursor = number<MomentId>(json, "cursor");
  event.read_only = flag(json, "read_only");
  for (const Json& one : list(json, "jobs")) {
    const Json* spec = member(one, "spec");
    event.jobs.push_back({text(one, "id"), text(one, "kind"), text(one, "state"),
                          spec ? write_json(*spec) : "{}", number<int>(one, "done"),
                          number<int>(one, "failed"), number<int>(one, "total")});
  }
  event.notes = texts(json, "notes");
  return event;
}

Event datasets_listed(const Json& json) {
  DatasetsListed event;
  for (const Json& one : list(json, "datasets")) {
    event.datasets.push_back({text(one, "id"), text(one, "name"), number<int>(one, "items"),
                              number<int>(one, "captioned"), number<std::uint64_t>(one, "bytes"),
                              number<TimeMs>(one, "changed"), flag(one, "trashed"),
                              flag(one, "open_elsewhere"), texts(one, "cover")});
  }
  return event;
}

Event moment_loaded(const Json& json) {
  MomentLoaded event{number<MomentId>(json, "id"), {}};
  for (const Json& part : list(json, "parts")) event.parts.push_back(read_change(part));
  return event;
}

Event captions_loaded(const Json& json) {
  CaptionHistoryLoaded event{text(json, "item"), text(json, "set"), {}};
  for (const Json& one : list(json, "entries")) event.entries.push_back(read_caption(one));
  return event;
}

Event usage(const Json& json) {
  StorageUsage event;
  event.use.usage = number<std::uint64_t>(json, "usage");
  event.use.quota = number<std::uint64_t>(json, "quota");
  event.use.persisted = flag(json, "persisted");
  for (const Json& one : list(json, "datasets")) {
    event.use.datasets.push_back({text(one, "id"), text(one, "name"), number<std::uint64_t>(one, "catalogue"),
                                  number<std::uint64_t>(one, "pictures"),
                                  number<std::uint64_t>(one, "thumbnails")});
  }
  return event;
}

Event texts_found(const Json& json) {
  TextsFound event;
  for (const Json& one : list(json, "texts")) {
    OutsideText& found = event.texts.emplace_back();
    found.item = text(one, "item");
    found.text = text(one, "text");
    found.modified = number<TimeMs>(one, "modified");
    if (const Json* known = member(one, "known"); known && known->is_string())
      found.known = known->get<std::string>();
  }
  return event;
}

}  // namespace

std::optional<Event> storage_event(const std::string& kind, const Json& json) {
  if (kind == "Started") return Started{};
  if (kind == "PageHidden") return PageHidden{};
  if (kind == "StorageState")
    return StorageState{mode_named(text(json, "mode")), text(json, "dataset"), text(json, "message"),
                        text(json, "hint")};
  if (kind == "DatasetOpened") return opened(json);
  if (kind == "OpenFailed") return OpenFailed{text(json, "id"), error_in(json)};
  if (kind == "Committed") return Committed{number<std::uint64_t>(json, "number")};
  if (kind == "CommitFailed") {
    const Json* error = member(json, "error");
    return CommitFailed{number<std::uint64_t>(json, "number"), error ? text(*error, "code") : "",
                        error_in(json)};
  }
  if (kind == "DatasetsListed") return datasets_listed(json);
  if (kind == "MomentLoaded") return moment_loaded(json);
  if (kind == "CaptionHistoryLoaded") return captions_loaded(json);
  if (kind == "StorageUsage") return usage(json);
  if (kind == "TextsFound") return texts_found(json);
  if (kind == "FilesMissing") return FilesMissing{texts(json, "items")};
  if (kind == "FoldersWaiting") return FoldersWaiting{texts(json, "folders")};
  if (kind == "FolderLinked") {
    std::optional<Error> error;
    if (json.contains("error")) error = error_in(json);
    return FolderLinked{text(json, "name"), error};
  }
  return std::nullopt;
}

}  // namespace vignette
