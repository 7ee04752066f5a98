#include <algorithm>

#include "wasm/app/captioning_parts.hpp"

// What scripts see of captioning, and which of its commands make sense now.

namespace vignette {
namespace {

using nlohmann::json;

json describe(const State& state, const Run& run) {
  const caption::Counts counts = run.pacer.counts();
  json running = json::array();
  for (const RunTask& task : run.tasks) {
    if (task.state != TaskState::Running && task.state != TaskState::Waiting) continue;
    running.push_back({{"item", task.item},
                       {"waiting", task.state == TaskState::Waiting},
                       {"text", task.text},
                       {"reason", task.reason},
                       {"attempts", task.attempts}});
  }
  json out = {{"job", run.job},
              {"kind", name_of(run.spec.kind)},
              {"model", run.spec.model},
              {"queued", counts.queued},
              {"running", counts.running},
              {"done", counts.done},
              {"failed", counts.failed},
              {"paused", run.pacer.paused()},
              {"width", run.pacer.width()},
              {"skipped", run.skipped},
              {"waiting", waiting_reason(state, run)},
              {"at_work", std::move(running)}};
  if (const auto rate = rate_of(run)) out["per_minute"] = *rate;
  if (const auto eta = eta_ms(run)) out["eta_ms"] = *eta;
  return out;
}

bool can_keep(const Captioning& captioning) {
  const auto& comparison = captioning.comparison;
  return comparison && (!comparison->texts[0].empty() || !comparison->texts[1].empty());
}

}  // namespace

std::optional<bool> captioning_enabled(const State& state, std::string_view id) {
  const Captioning& captioning = state.captioning;
  const bool has_items = !state.document().items.empty();
  const auto any_run = [&](auto wanted) {
    return std::any_of(captioning.runs.begin(), captioning.runs.end(), wanted);
  };
  if (id == "caption.pause") return any_run([](const Run& run) { return !run.pacer.paused(); });
  if (id == "caption.resume") return any_run([](const Run& run) { return run.pacer.paused(); });
  if (id == "caption.cancel") return !captioning.runs.empty();
  if (id == "caption.retry") return !captioning.failed.empty();
  if (id == "caption.this" || id == "caption.generate" || id == "caption.estimate" ||
      id == "describe.generate" || id == "caption.refine" || id == "caption.compare" || id == "caption.fix" ||
      id == "caption.check")
    return has_items;
  if (id == "caption.compare-keep") return can_keep(captioning);
  if (id == "suggestions.accept" || id == "suggestions.dismiss") return !captioning.suggestions.empty();
  if (id == "presets.export") return !captioning.presets.empty();
  return std::nullopt;
}

json describe_captioning(const State& state) {
  const Captioning& captioning = state.captioning;
  json connections = json::array();
  for (const Connection& connection : captioning.connections) {
    json one = describe(connection);
    one["models"] = connection.models.size();
    connections.push_back(std::move(one));
  }
  json runs = json::array();
  for (const Run& run : captioning.runs) runs.push_back(describe(state, run));
  json failed = json::object();
  for (const auto& [item, why] : captioning.failed)
    failed[item] = {{"code", name_of(why.why)}, {"message", why.sentence}};
  json suggestions = json::object();
  for (const auto& [item, one] : captioning.suggestions)
    suggestions[item] = {{"text", one.text}, {"model", one.model}};
  json servers = json::array();
  for (const LocalServer& server : captioning.servers)
    servers.push_back({{"kind", server.kind}, {"base", server.base}});
  return {{"connections", std::move(connections)}, {"model", captioning.form.model},
          {"local_only", captioning.local_only},   {"runs", std::move(runs)},
          {"failed", std::move(failed)},           {"suggestions", std::move(suggestions)},
          {"servers", std::move(servers)},         {"sent", captioning.ledger.size()}};
}

}  // namespace vignette
