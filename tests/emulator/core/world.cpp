#include "tests/emulator/core/world.hpp"

#include <atomic>

#include "tests/emulator/core/digest.hpp"

namespace vignette::emulator {

std::string new_id(std::size_t length) {
  static std::atomic<std::uint64_t> count{0};
  std::uint64_t state = 0x76696765ULL + ++count * 1000;
  std::string id;
  for (std::size_t i = 0; i < length; ++i)
    id += "abcdefghijklmnopqrstuvwxyz0123456789"[next_random(state) % (i == 0 ? 26 : 36)];
  return id;
}

std::string new_uuid() {
  const std::string hex = sha256(new_id());
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-4" + hex.substr(13, 3) + "-a" + hex.substr(17, 3) +
         "-" + hex.substr(20, 12);
}

std::string Shelf::put(Stored thing) {
  std::string id = new_id();
  put_at(id, std::move(thing));
  return id;
}

void Shelf::put_at(const std::string& id, Stored thing) {
  const std::lock_guard lock(mutex_);
  if (things_.size() > 2000) things_.clear();
  things_[id] = std::move(thing);
}

std::optional<Stored> Shelf::get(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto at = things_.find(id);
  if (at == things_.end()) return std::nullopt;
  return at->second;
}

bool Shelf::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  return things_.erase(id) > 0;
}

void Shelf::clear() {
  const std::lock_guard lock(mutex_);
  things_.clear();
}

void World::reset() {
  keys.clear();
  faults.clear();
  gates.clear();
  journal.clear();
  models.clear();
  shelf.clear();
  const std::lock_guard lock(documents.mutex);
  documents.all.clear();
}

}  // namespace vignette::emulator
