#pragma once
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "tests/emulator/core/json.hpp"

namespace vignette::emulator {

/// What a provider thinks of a key, in the order it would say so.
enum class KeyState { Good, Missing, Wrong, Limited, Spent };

/// The keys of all providers. Any that begins with "test-" is good until it is revoked.
class Keys {
 public:
  void accept(const std::string& key);
  void revoke(const std::string& key);
  /// Only so many more requests, then the credit is gone.
  void give_quota(const std::string& key, int requests);
  /// So many requests in any 60 seconds.
  void limit_rate(const std::string& key, int per_minute);
  void clear();

  struct Verdict {
    KeyState state = KeyState::Good;
    int limit = 10'000, remaining = 9'999;
    double retry_after = 0;
  };
  /// Counts one request of this key.
  Verdict use(const std::string& key);
  /// Looks, without counting.
  bool good(const std::string& key) const;
  bool revoked(const std::string& key) const;

 private:
  bool good_locked(const std::string& key) const;

  mutable std::mutex mutex_;
  std::set<std::string> accepted_, revoked_;
  std::map<std::string, int> quota_, per_minute_;
  std::map<std::string, std::deque<long long>> used_;
};

}  // namespace vignette::emulator
