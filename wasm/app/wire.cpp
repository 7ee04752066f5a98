#include "wasm/app/wire.hpp"

#include <nlohmann/json.hpp>

#include "wasm/app/wire_sending.hpp"
#include "wasm/app/wire_storage.hpp"

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

json wire(const PickFiles& e) {
  return {{"kind", "PickFiles"}, {"folder", e.folder}, {"project", e.project}};
}
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
json wire(const BuildFile& e) {
  json parts = json::array();
  for (const ArchiveEntry& part : e.parts) parts.push_back(wire(part));
  return {{"kind", "BuildFile"}, {"job", e.job},   {"name", e.name},
          {"mime", e.mime},      {"parts", parts}, {"request", e.request}};
}
json wire(const Reply& e) {
  json out = {{"kind", "Reply"}, {"request", e.request}, {"json", e.json}};
  if (e.error) out["error"] = wire(*e.error);
  return out;
}
json wire(const ReplyWithPicture& e) {
  const char* what = e.kind == ReplyWithPicture::Kind::Thumbnail ? "thumbnail" : "copy";
  return {{"kind", "ReplyWithPicture"}, {"request", e.request},     {"what", what},
          {"source", e.source},         {"long_side", e.long_side}, {"boxes", e.boxes}};
}
json wire(const Announce& e) { return {{"kind", "Announce"}, {"text", e.text}, {"assertive", e.assertive}}; }
json wire(const StorePreference& e) {
  return {{"kind", "StorePreference"}, {"key", e.key}, {"value", e.value}};
}
json wire(const FocusField& e) { return {{"kind", "FocusField"}, {"field", e.field}}; }
json wire(const RefreshField& e) { return {{"kind", "RefreshField"}, {"text", e.text}}; }
json wire(const GuardLeaving& e) { return {{"kind", "GuardLeaving"}, {"guard", e.guard}}; }

/// File names may hold anything; a lone surrogate or broken byte must not stop an effect.
template <class T>
std::string text_of(const T& effect) {
  return wire(effect).dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string to_wire(const Effect& effect) {
  return std::visit(
      [](const auto& one) {
        if constexpr (requires { storage_wire(one); }) {
          return storage_wire(one);
        } else if constexpr (requires { sending_wire(one); }) {
          return sending_wire(one);
        } else {
          return text_of(one);
        }
      },
      effect);
}

}  // namespace vignette
