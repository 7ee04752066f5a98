#include "wasm/app/wire.hpp"

#include <nlohmann/json.hpp>

namespace vignette {
namespace {

using nlohmann::json;

json wire(const FileEntry& file) {
  return {{"source", file.source}, {"path", file.path}, {"bytes", file.bytes}, {"modified", file.modified}};
}
json wire(const std::vector<FileEntry>& files) {
  json out = json::array();
  for (const FileEntry& file : files) out.push_back(wire(file));
  return out;
}
json wire(const Error& error) {
  return {{"code", name_of(error.code)}, {"message", error.message}, {"hint", error.hint}};
}
json wire(const ArchiveEntry& entry) {
  json out = {{"path", entry.path}};
  if (entry.source) {
    out.update({{"source", *entry.source},
                {"bytes", entry.bytes},
                {"crc32", entry.crc32},
                {"modified", entry.modified}});
  } else {
    out["text"] = entry.text;
  }
  return out;
}

json wire(const PickFiles& e) { return {{"kind", "PickFiles"}, {"folder", e.folder}}; }
json wire(const MakeSample& e) { return {{"kind", "MakeSample"}, {"request", e.request}}; }
json wire(const InspectPictures& e) {
  return {{"kind", "InspectPictures"}, {"job", e.job}, {"files", wire(e.files)}};
}
json wire(const ReadTexts& e) { return {{"kind", "ReadTexts"}, {"job", e.job}, {"files", wire(e.files)}}; }
json wire(const OpenArchives& e) {
  return {{"kind", "OpenArchives"}, {"job", e.job}, {"files", wire(e.files)}};
}
json wire(const StopWork& e) { return {{"kind", "StopWork"}, {"job", e.job}}; }
json wire(const KeepSources& e) {
  json kept = json::array();
  for (const auto& [item, source] : e.kept) kept.push_back({{"item", item}, {"source", source}});
  return {{"kind", "KeepSources"}, {"kept", kept}};
}
json wire(const BuildArchive& e) {
  json entries = json::array();
  for (const ArchiveEntry& entry : e.entries) entries.push_back(wire(entry));
  return {{"kind", "BuildArchive"},
          {"job", e.job},
          {"name", e.name},
          {"entries", entries},
          {"strip_metadata", e.strip_metadata},
          {"request", e.request}};
}
json wire(const Reply& e) {
  json out = {{"kind", "Reply"}, {"request", e.request}, {"json", e.json}};
  if (e.error) out["error"] = wire(*e.error);
  return out;
}
json wire(const ReplyWithPicture& e) {
  const char* what = e.kind == ReplyWithPicture::Kind::Thumbnail ? "thumbnail" : "copy";
  return {{"kind", "ReplyWithPicture"},
          {"request", e.request},
          {"what", what},
          {"source", e.source},
          {"long_side", e.long_side}};
}
json wire(const Announce& e) { return {{"kind", "Announce"}, {"text", e.text}, {"assertive", e.assertive}}; }
json wire(const StorePreference& e) {
  return {{"kind", "StorePreference"}, {"key", e.key}, {"value", e.value}};
}
json wire(const FocusField& e) { return {{"kind", "FocusField"}, {"field", e.field}}; }
json wire(const RefreshField& e) { return {{"kind", "RefreshField"}, {"text", e.text}}; }
json wire(const GuardLeaving& e) { return {{"kind", "GuardLeaving"}, {"guard", e.guard}}; }

// Events come from our own JavaScript, so what is missing reads as its default and nothing needs to be
// explained.

std::string text(const json& j, const char* key) {
  return j.contains(key) && j[key].is_string() ? j[key].get<std::string>() : "";
}
bool flag(const json& j, const char* key) {
  return j.contains(key) && j[key].is_boolean() && j[key].get<bool>();
}
template <class Number>
Number number(const json& j, const char* key, Number otherwise = 0) {
  return j.contains(key) && j[key].is_number() ? j[key].get<Number>() : otherwise;
}
const json& list(const json& j, const char* key) {
  static const json kNone = json::array();
  return j.contains(key) && j[key].is_array() ? j[key] : kNone;
}

Error error_from(const json& j) {
  Error error{ErrorCode::Internal, text(j, "message"), text(j, "hint")};
  for (const ErrorCode code :
       {ErrorCode::InvalidInput, ErrorCode::Unsupported, ErrorCode::Truncated, ErrorCode::TooLarge,
        ErrorCode::NotFound, ErrorCode::Refused, ErrorCode::Cancelled}) {
    if (text(j, "code") == name_of(code)) error.code = code;
  }
  return error;
}
Error error_in(const json& j) { return error_from(j.contains("error") ? j["error"] : json::object()); }

std::vector<FileEntry> files_in(const json& j) {
  std::vector<FileEntry> files;
  for (const json& f : list(j, "files")) {
    files.push_back({number<SourceId>(f, "source"), text(f, "path"), number<std::uint64_t>(f, "bytes"),
                     number<TimeMs>(f, "modified")});
  }
  return files;
}

std::uint64_t from_hex(const std::string& digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
    value = (value << 4) | static_cast<std::uint64_t>(digit);
  }
  return value;
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
  seen.phash = from_hex(text(j, "phash"));
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

std::string to_wire(const Effect& effect) {
  // File names may hold anything; a lone surrogate or broken byte must not stop an effect.
  return std::visit([](const auto& one) { return wire(one); }, effect)
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

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
  return Error{ErrorCode::InvalidInput, "There is no event of the kind \"" + kind + "\".", ""};
}

}  // namespace vignette
