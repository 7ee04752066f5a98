#include "tests/emulator/core/journal.hpp"

#include <algorithm>
#include <chrono>

#include "tests/emulator/core/call.hpp"
#include "tests/emulator/core/clock.hpp"

namespace vignette::emulator {
namespace {

constexpr std::size_t most_entries = 20'000;

Json to_json(const Entry& e) {
  Json json{{"id", e.id},
            {"provider", e.provider},
            {"method", e.method},
            {"path", e.target},
            {"headers", e.headers},
            {"key_sha256", e.key_sha256},
            {"content_type", e.content_type},
            {"model", e.model},
            {"stream", e.stream},
            {"body_bytes", e.body_bytes},
            {"body_sha256", e.body_sha256},
            {"body_complete", e.body_complete},
            {"body", e.body},
            {"pictures", e.pictures},
            {"sounds", e.sounds},
            {"faults", e.faults},
            {"times",
             {{"arrived", e.arrived_ms},
              {"complete", e.complete_ms},
              {"first_byte", e.first_byte_ms},
              {"end", e.end_ms}}},
            {"status", e.status},
            {"sent_bytes", e.sent_bytes},
            {"sent_events", e.sent_events},
            {"client_left", !e.left.empty()}};
  if (!e.left.empty()) {
    json["left_while"] = e.left;
    json["left_at"] = e.left_ms;
  }
  return json;
}

}  // namespace

void Journal::Count::up() {
  ++total;
  most_in_flight = std::max(most_in_flight, ++in_flight);
}
Json Journal::Count::json() const {
  return {{"total", total}, {"in_flight", in_flight}, {"max_in_flight", most_in_flight}};
}

std::int64_t Journal::begin(Entry entry) {
  const std::lock_guard lock(mutex_);
  entry.id = ++last_id_;
  entry.arrived_ms = uptime_ms();
  open_[entry.id] = {entry.provider, entry.key_sha256};
  all_.up();
  by_provider_[entry.provider].up();
  if (!entry.key_sha256.empty()) by_key_[entry.key_sha256].up();
  ++figures_.arrived;
  ++figures_.in_flight;
  entries_.push_back(std::move(entry));
  if (entries_.size() > most_entries) entries_.pop_front();
  changed_.notify_all();
  return last_id_;
}

Entry* Journal::find(std::int64_t id) {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), id,
                                   [](const Entry& entry, std::int64_t value) { return entry.id < value; });
  return at != entries_.end() && at->id == id ? &*at : nullptr;
}

void Journal::update(std::int64_t id, const std::function<void(Entry&)>& change) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(id);
  if (entry == nullptr) return;
  const Entry before = {
      .body_complete = entry->body_complete, .first_byte_ms = entry->first_byte_ms, .left = entry->left};
  change(*entry);
  if (!before.body_complete && entry->body_complete) ++figures_.complete;
  if (before.first_byte_ms == 0 && entry->first_byte_ms != 0) ++figures_.first_bytes;
  if (before.left.empty() && !entry->left.empty()) ++figures_.left;
  changed_.notify_all();
}

void Journal::end(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  const auto open = open_.find(id);
  if (open == open_.end()) return;
  --all_.in_flight;
  --by_provider_[open->second.first].in_flight;
  if (!open->second.second.empty()) --by_key_[open->second.second].in_flight;
  open_.erase(open);
  --figures_.in_flight;
  ++figures_.finished;
  if (Entry* entry = find(id)) entry->end_ms = uptime_ms();
  changed_.notify_all();
}

Json Journal::list(const Filter& filter) const {
  const std::lock_guard lock(mutex_);
  std::vector<const Entry*> chosen;
  for (auto at = entries_.rbegin();
       at != entries_.rend() && chosen.size() < filter.last && at->id > filter.after; ++at) {
    if (!filter.provider.empty() && at->provider != filter.provider) continue;
    if (!filter.path.empty() && !matches_glob(at->target, filter.path)) continue;
    chosen.push_back(&*at);
  }
  Json all = Json::array();
  for (auto at = chosen.rbegin(); at != chosen.rend(); ++at) all.push_back(to_json(**at));
  return all;
}

Json Journal::stats() const {
  const std::lock_guard lock(mutex_);
  Json json = all_.json();
  json["arrived"] = figures_.arrived;
  json["complete"] = figures_.complete;
  json["first_bytes"] = figures_.first_bytes;
  json["finished"] = figures_.finished;
  json["left"] = figures_.left;
  json["now"] = uptime_ms();
  json["keys"] = Json::object();
  for (const auto& [key, count] : by_key_) json["keys"][key] = count.json();
  json["providers"] = Json::object();
  for (const auto& [name, count] : by_provider_) json["providers"][name] = count.json();
  return json;
}

void Journal::clear() {
  const std::lock_guard lock(mutex_);
  std::erase_if(entries_, [&](const Entry& entry) { return open_.count(entry.id) == 0; });
  figures_ = {.in_flight = figures_.in_flight};
  const auto restart = [](Count& count) { count = {count.in_flight, count.in_flight, count.in_flight}; };
  restart(all_);
  for (auto& [key, count] : by_key_) restart(count);
  for (auto& [name, count] : by_provider_) restart(count);
}

bool Journal::wait(const std::function<bool(const Figures&)>& reached, std::int64_t timeout_ms) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return reached(figures_); });
}

}  // namespace vignette::emulator
