#pragma once
#include <mutex>
#include <set>
#include <string>

namespace vignette::emulator {

/// Places where requests wait until a test lets them go on. An open gate stays open until it is shut or
/// reset.
class Gates {
 public:
  void open(const std::string& name) {
    const std::lock_guard lock(mutex_);
    open_.insert(name);
  }
  void shut(const std::string& name) {
    const std::lock_guard lock(mutex_);
    open_.erase(name);
  }
  bool is_open(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    return all_ || open_.count(name) > 0;
  }
  /// Nobody waits any more: at the end of the program.
  void open_all() {
    const std::lock_guard lock(mutex_);
    all_ = true;
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    open_.clear();
  }

 private:
  mutable std::mutex mutex_;
  std::set<std::string> open_;
  bool all_ = false;
};

}  // namespace vignette::emulator
