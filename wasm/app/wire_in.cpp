#include "shared/dataset/change_json.hpp"
#include "wasm/app/wire.hpp"
#include "wasm/app/wire_read.hpp"
#include "wasm/app/wire_sending.hpp"
#include "wasm/app/wire_storage.hpp"

namespace vignette {
namespace {

using json = Json;
using namespace wire_read;

std::vector<FileEntry> files_in(const json& j) {
  std::vector<FileEntry> files;
  for (const json& f : list(j, "files")) {
    files.push_back({number<SourceId>(f, "source"), text(f, "path"), number<std::uint64_t>(f, "bytes"),
                     number<TimeMs>(f, "modified")});
  }
  return files;
}

Inspection inspection_from(const json& j) {
  Inspection seen;
  seen.source = number<SourceId>(j, "source");
  seen.hash = text(j, "hash");
  seen.crc32 = number<std::uint32_t>(j, "crc32");
  seen.bytes = number<std::uint64_t>(j, "bytes");
  seen.format = text(j, "format");
  seen.width = number<int>(j, "width");
  seen.height = number<int>(j, "height");
  seen.orientation = number<int>(j, "orientation", 1);
  seen.alpha = flag(j, "alpha");
  seen.animated = flag(j, "animated");
  seen.phash = phash_from_hex(text(j, "phash"));
  if (j.contains("taken") && j["taken"].is_number()) seen.taken = j["taken"].get<TimeMs>();
  return seen;
}

Event archive_opened(const json& j) {
  ArchiveOpened event{number<std::uint32_t>(j, "job"), number<SourceId>(j, "source"), files_in(j), {}};
  for (const json& r : list(j, "rejected")) event.rejected.push_back({text(r, "path"), error_in(r)});
  return event;
}

Event pictures_inspected(const json& j) {
  PicturesInspected event{number<std::uint32_t>(j, "job"), {}};
  for (const json& p : list(j, "pictures")) event.pictures.push_back(inspection_from(p));
  return event;
}

}  // namespace

Result<Event> from_wire(std::string_view bytes) {
  const json j = json::parse(bytes, nullptr, false);
  if (!j.is_object()) return Error{ErrorCode::InvalidInput, "An event is not a JSON object.", ""};
  const std::string kind = text(j, "kind");
  const auto job = number<std::uint32_t>(j, "job");
  if (kind == "RunCommand")
    return Event{RunCommand{text(j, "id"), text(j, "args"), number<std::uint32_t>(j, "request")}};
  if (kind == "FieldEntered") return Event{FieldEntered{text(j, "field"), text(j, "item")}};
  if (kind == "FieldChanged") return Event{FieldChanged{text(j, "field"), text(j, "item"), text(j, "text")}};
  if (kind == "FieldLeft") return Event{FieldLeft{text(j, "field"), text(j, "item")}};
  if (kind == "MovePaletteRow") return Event{MovePaletteRow{number<int>(j, "step")}};
  if (kind == "FilesArrived")
    return Event{FilesArrived{files_in(j), !j.contains("last") || flag(j, "last"),
                              number<std::uint32_t>(j, "request")}};
  if (kind == "ArchiveOpened") return archive_opened(j);
  if (kind == "TextRead")
    return Event{TextRead{job, number<SourceId>(j, "source"), text(j, "text"), flag(j, "repaired")}};
  if (kind == "PicturesInspected") return pictures_inspected(j);
  if (kind == "SourceFailed") return Event{SourceFailed{job, number<SourceId>(j, "source"), error_in(j)}};
  if (kind == "ExportProgress") return Event{ExportProgress{job, number<int>(j, "done")}};
  if (kind == "ExportFinished") return Event{ExportFinished{job, number<std::uint64_t>(j, "bytes")}};
  if (kind == "ExportFailed") return Event{ExportFailed{job, error_in(j)}};
  if (kind == "FilesHover") return Event{FilesHover{flag(j, "over")}};
  if (kind == "SystemLook") return Event{SystemLook{flag(j, "dark"), flag(j, "reduced_motion")}};
  if (kind == "SetTileSize") return Event{SetTileSize{number<int>(j, "px", 168)}};
  if (kind == "SetTheme") {
    const std::string theme = text(j, "theme");
    return Event{SetTheme{theme == "dark" ? Theme::Dark : theme == "light" ? Theme::Light : Theme::System}};
  }
  if (kind == "SetScale") return Event{SetScale{number<float>(j, "scale", 1.0F)}};
  if (kind == "Tick") return Event{Tick{}};
  if (auto event = storage_event(kind, j)) return std::move(*event);
  if (auto event = sending_event(kind, j)) return std::move(*event);
  return Error{ErrorCode::InvalidInput, "There is no event of the kind \"" + kind + "\".", ""};
}

}  // namespace vignette
