#include "wasm/app/wire_storage.hpp"

#include "shared/dataset/change_json.hpp"

namespace vignette {
namespace {

/// An effect of a few plain members.
template <class... Members>
std::string plain(const char* kind, const Members&... members) {
  JsonWriter json;
  json.open_object().field("kind", kind);
  (json.field(members.first, members.second), ...);
  return json.close_object().take();
}
template <class T>
std::pair<const char*, T> is(const char* name, T value) {
  return {name, value};
}
std::pair<const char*, std::int64_t> is(const char* name, std::uint64_t value) {
  return {name, static_cast<std::int64_t>(value)};
}
std::pair<const char*, std::int64_t> is(const char* name, std::uint32_t value) { return {name, value}; }

void write_pending(JsonWriter& json, const std::vector<Commit>& pending) {
  if (pending.empty()) return;
  json.key("pending").open_array();
  for (const Commit& commit : pending) json.raw(storage_wire(commit));
  json.close_array();
}

}  // namespace

std::string storage_wire(const Commit& e) {
  JsonWriter json;
  json.open_object().field("kind", "Commit");
  if (e.moment) {
    json.key("moment").open_object().field("id", static_cast<std::int64_t>(e.moment->id));
    json.field("label", e.moment->label).field("time", e.moment->time).close_object();
  }
  json.key("change").raw(e.change);
  json.field("cursor", static_cast<std::int64_t>(e.cursor));
  if (e.forget_after) json.field("forget_after", static_cast<std::int64_t>(*e.forget_after));
  if (!e.keep.empty()) {
    json.key("keep").open_array();
    for (const auto& [item, source] : e.keep) {
      json.open_object().field("item", item).field("source", std::int64_t{source}).close_object();
    }
    json.close_array();
  }
  return json.field("number", static_cast<std::int64_t>(e.number)).close_object().take();
}

std::string storage_wire(const OpenDataset& e) {
  return plain("OpenDataset", is("id", std::string_view(e.id)), is("take_over", e.take_over));
}
std::string storage_wire(const CreateDataset& e) {
  return plain("CreateDataset", is("name", std::string_view(e.name)));
}
std::string storage_wire(const ListDatasets&) { return plain("ListDatasets"); }
std::string storage_wire(const DuplicateDataset& e) {
  return plain("DuplicateDataset", is("id", std::string_view(e.id)));
}
std::string storage_wire(const RenameStoredDataset& e) {
  return plain("RenameDataset", is("id", std::string_view(e.id)), is("name", std::string_view(e.name)));
}
std::string storage_wire(const TrashDataset& e) {
  return plain("TrashDataset", is("id", std::string_view(e.id)));
}
std::string storage_wire(const RestoreDataset& e) {
  return plain("RestoreDataset", is("id", std::string_view(e.id)));
}
std::string storage_wire(const LoadMoment& e) { return plain("LoadMoment", is("id", e.id)); }
std::string storage_wire(const LoadCaptionHistory& e) {
  return plain("LoadCaptionHistory", is("item", std::string_view(e.item)),
               is("set", std::string_view(e.set)));
}
std::string storage_wire(const SaveProject& e) {
  JsonWriter json;
  json.open_object().field("kind", "SaveProject");
  json.field("request", std::int64_t{e.request}).field("job", std::int64_t{e.job});
  json.field("pictures", e.pictures);
  write_pending(json, e.pending);
  return json.close_object().take();
}
std::string storage_wire(const OpenProject& e) {
  return plain("OpenProject", is("source", e.source), is("request", e.request));
}
std::string storage_wire(const SaveCatalogue& e) {
  JsonWriter json;
  json.open_object().field("kind", e.damaged ? "SaveDamaged" : "SaveCatalogue");
  json.field("request", std::int64_t{e.request});
  write_pending(json, e.pending);
  return json.close_object().take();
}
std::string storage_wire(const StoreJob& e) {
  JsonWriter json;
  json.open_object().field("kind", "StoreJob").key("job").open_object();
  json.field("id", e.job.id).field("kind", e.job.kind).field("state", e.job.state);
  json.key("spec").raw(e.job.spec.empty() ? "{}" : e.job.spec);
  json.field("done", e.job.done).field("failed", e.job.failed).field("total", e.job.total);
  return json.close_object().close_object().take();
}
std::string storage_wire(const ForgetJob& e) { return plain("ForgetJob", is("id", std::string_view(e.id))); }
std::string storage_wire(const AskPersist&) { return plain("AskPersist"); }
std::string storage_wire(const LoadUsage&) { return plain("LoadUsage"); }
std::string storage_wire(const LinkFolder&) { return plain("LinkFolder"); }
std::string storage_wire(const ResumeFolder&) { return plain("ResumeFolder"); }
std::string storage_wire(const UnlinkFolder&) { return plain("UnlinkFolder"); }

}  // namespace vignette
