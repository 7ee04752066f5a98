#include <nlohmann/json.hpp>

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

json describe(const Item& item) {
  json captions = json::object();
  for (const auto& [set, caption] : item.captions) {
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
          {"status", is_captioned(item) ? "done" : "none"}};
}

}  // namespace

std::string describe_state(const State& state) {
  const Document& document = state.document();
  json items = json::array();
  for (const auto& item : document.items) items.push_back(describe(*item));
  json jobs = json::array();
  for (const Job& job : state.jobs) {
    jobs.push_back({{"id", job.id},
                    {"kind", job.kind == JobKind::Import ? "import" : "export"},
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
      {"saved", !state.unsaved && !state.session.draft.dirty}};
  return all.dump();
}

}  // namespace vignette
