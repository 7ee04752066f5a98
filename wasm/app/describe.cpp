#include <nlohmann/json.hpp>

#include "wasm/app/captioning_parts.hpp"
#include "wasm/app/parts.hpp"
#include "wasm/app/update.hpp"

namespace vignette {
namespace {

using nlohmann::json;

const char* name_of(JobState state) {
  switch (state) {
    case JobState::Running: return "running";
    case JobState::Done: return "done";
    case JobState::Cancelled: return "cancelled";
    case JobState::Failed: return "failed";
  }
  return "failed";
}

const char* name_of(JobKind kind) {
  switch (kind) {
    case JobKind::Import: return "import";
    case JobKind::Export: return "export";
    case JobKind::Project: return "project";
    case JobKind::Caption: return "caption";
  }
  return "export";
}

const char* name_of(StorageMode mode) {
  switch (mode) {
    case StorageMode::None: return "none";
    case StorageMode::Ready: return "ready";
    case StorageMode::Memory: return "memory";
    case StorageMode::ReadOnly: return "read_only";
    case StorageMode::Damaged: return "damaged";
    case StorageMode::Full: return "full";
    case StorageMode::Evicted: return "evicted";
  }
  return "none";
}

json describe(const Storage& storage) {
  json interrupted = json::array();
  for (const StoredJob& job : storage.interrupted) {
    interrupted.push_back({{"id", job.id}, {"kind", job.kind}, {"done", job.done}, {"total", job.total}});
  }
  return {{"mode", name_of(storage.mode)},
          {"opening", storage.opening},
          {"dataset", storage.dataset},
          {"read_only", storage.mode == StorageMode::ReadOnly},
          {"pending", storage.waiting.size()},
          {"trouble", storage.trouble ? json(storage.trouble->message) : json(nullptr)},
          {"message", storage.message},
          {"hint", storage.hint},
          {"notes", storage.notes},
          {"missing", storage.missing},
          {"folder", storage.folder},
          {"folders_waiting", storage.folders_waiting},
          {"interrupted", interrupted}};
}

/// Pictures whose calls are under way.
std::set<ItemId> running_items(const Captioning& captioning) {
  std::set<ItemId> running;
  for (const Run& run : captioning.runs) {
    for (const RunTask& task : run.tasks) {
      if (task.state == TaskState::Running) running.insert(task.item);
    }
  }
  return running;
}

const char* status_of(const State& state, const Item& item, const std::set<ItemId>& running) {
  const auto& captioning = state.captioning;
  if (captioning.busy.count(item.id) != 0) return running.count(item.id) != 0 ? "running" : "queued";
  if (captioning.failed.count(item.id) != 0) return "failed";
  return is_captioned(item) ? "done" : "none";
}

json description_of(const Item& item) {
  const std::string& text = caption_text(item, kDescriptionSet);
  if (text.empty()) return nullptr;
  json parsed = json::parse(text, nullptr, false);
  return parsed.is_discarded() ? json{{"raw", text}} : parsed;
}

json describe(const State& state, const Item& item, const std::set<ItemId>& running) {
  json captions = json::object();
  for (const auto& [set, caption] : item.captions) {
    if (is_side_set(set)) continue;
    captions[set] = {
        {"text", caption.text}, {"author", name_of(caption.author)}, {"time", format_iso8601(caption.time)}};
  }
  json flags = json::array();
  if (item.alpha) flags.push_back("alpha");
  if (item.animated) flags.push_back("animated");
  if (!item.also_at.empty()) flags.push_back("duplicate");
  return {{"id", item.id},
          {"name", item.name},
          {"path", item.path},
          {"also_at", item.also_at},
          {"width", item.width},
          {"height", item.height},
          {"bytes", item.bytes},
          {"format", extension_of(item.format)},
          {"orientation", item.orientation},
          {"captions", captions},
          {"tags", json::array()},
          {"regions", json::array()},
          {"flags", flags},
          {"category", caption_text(item, kCategorySet)},
          {"description", description_of(item)},
          {"seen", caption_text(item, kSeenSet)},
          {"status", status_of(state, item, running)}};
}

}  // namespace

std::string describe_state(const State& state) {
  const Document& document = state.document();
  json items = json::array();
  const std::set<ItemId> running = running_items(state.captioning);
  for (const auto& item : document.items) items.push_back(describe(state, *item, running));
  json jobs = json::array();
  for (const Job& job : state.jobs) {
    jobs.push_back({{"id", job.id},
                    {"kind", name_of(job.kind)},
                    {"state", name_of(job.state)},
                    {"done", job.done},
                    {"failed", job.failed},
                    {"total", job.total}});
  }
  const json all = {
      {"dataset", {{"id", document.id}, {"name", document.name}, {"context", document.settings.context}}},
      {"items", std::move(items)},
      {"selection", state.session.selection.ids},
      {"focus", state.session.selection.focus},
      {"jobs", std::move(jobs)},
      {"saved", is_saved(state)},
      {"typing", is_typing(state)},
      {"captioning", describe_captioning(state)},
      {"storage", describe(state.storage)}};
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace vignette
