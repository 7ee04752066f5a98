#pragma once
#include <mutex>
#include <optional>
#include <vector>

#include "tests/emulator/core/rule.hpp"

namespace vignette::emulator {

/// The scripted faults, in the order they were added. The first that meets a request and is not used up wins.
class Faults {
 public:
  int add(Rule rule);
  bool remove(int id);
  void clear();
  Json list() const;
  /// Counts, so ask once a request. `early` asks for the rules that act before the body is read, or the
  /// others.
  std::optional<Rule> take(const Call& call, bool early);

 private:
  mutable std::mutex mutex_;
  std::vector<Rule> rules_;
  int last_id_ = 0;
};

}  // namespace vignette::emulator
