#include "tests/emulator/core/faults.hpp"

#include <algorithm>

#include "tests/emulator/core/digest.hpp"

namespace vignette::emulator {

int Faults::add(Rule rule) {
  const std::lock_guard lock(mutex_);
  rule.id = ++last_id_;
  rules_.push_back(std::move(rule));
  return last_id_;
}

bool Faults::remove(int id) {
  const std::lock_guard lock(mutex_);
  return std::erase_if(rules_, [id](const Rule& rule) { return rule.id == id; }) > 0;
}

void Faults::clear() {
  const std::lock_guard lock(mutex_);
  rules_.clear();
}

Json Faults::list() const {
  const std::lock_guard lock(mutex_);
  Json all = Json::array();
  for (const Rule& rule : rules_) all.push_back(to_json(rule));
  return all;
}

std::optional<Rule> Faults::take(const Call& call, bool early) {
  const std::lock_guard lock(mutex_);
  for (Rule& rule : rules_) {
    const bool acts_early = rule.early || rule.drop == Drop::BeforeBody;
    if (acts_early != early || !meets(rule, call)) continue;
    if (rule.times >= 0 && rule.hits >= rule.times) continue;
    if (rule.seen++ < rule.skip) continue;
    // 53 bits of a seeded sequence, so that a storm is the same storm every time.
    if (rule.probability < 1 &&
        static_cast<double>(next_random(rule.seed) >> 11) / 9007199254740992.0 >= rule.probability)
      continue;
    ++rule.hits;
    return rule;
  }
  return std::nullopt;
}

}  // namespace vignette::emulator
