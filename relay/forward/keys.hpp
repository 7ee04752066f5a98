#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "relay/config/secret.hpp"
#include "relay/http/alarms.hpp"
#include "relay/metrics/metrics.hpp"

namespace vignette::relay {

/// One key of a provider and how it fares. A provider that needs none has one that is empty.
struct Key {
  std::shared_ptr<const Secret> secret;
  std::string name;                 ///< "groq#1": fit for logs
  bool dead = false;                ///< refused by the provider: until the next reload
  Clock::time_point rests_until{};  ///< a rate limit or an open circuit
  int at_work = 0;
  int failures_in_a_row = 0;
  std::chrono::seconds rest{5};  ///< the next rest of the circuit: doubles up to a minute
};

/// The keys of one provider. A key rests when the provider says so, or after five failures in a row; then one
/// request tries whether it is well again.
class KeyRing {
 public:
  KeyRing(const std::string& provider, const std::vector<std::shared_ptr<const Secret>>& secrets);

  /// The one with the least to do that is fit to work; null when none is.
  Key* pick(Clock::time_point now);
  /// Until one may be fit again; nothing when all are dead.
  std::optional<std::chrono::milliseconds> rest_left(Clock::time_point now) const;
  std::size_t size() const { return keys_.size(); }
  std::vector<std::pair<std::string, Circuit>> circuits(Clock::time_point now) const;

  static void worked(Key& key);
  static void failed(Key& key, Clock::time_point now);
  static void limited(Key& key, Clock::time_point now, std::optional<std::int64_t> wait_ms);
  static void refused(Key& key) { key.dead = true; }

 private:
  std::vector<Key> keys_;
};

/// Counts a key as at work as long as it lives.
class AtWork {
 public:
  explicit AtWork(Key* key) : key_(key) {
    if (key_ != nullptr) ++key_->at_work;
  }
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;
  ~AtWork() {
    if (key_ != nullptr) --key_->at_work;
  }

 private:
  Key* key_;
};

}  // namespace vignette::relay
