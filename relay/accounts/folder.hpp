#pragma once
#include <atomic>
#include <cstdint>
#include <string>

#include "shared/base/result.hpp"

namespace vignette::relay {

// The data folder:
//   relay.sqlite   codes (their MACs), ledgers, sessions, usage
//   secrets        pepper and signing keys, mode 0600
//   changes        a counter in shared memory: `codes` raises it, a running server sees that at once
//   lock           held by the one server that may use the folder

/// Makes the folder if there is none, for its owner alone.
Result<Done> make_folder(const std::string& folder);

/// Held until the object goes.
class FolderLock {
 public:
  static Result<FolderLock> take(const std::string& folder);
  FolderLock(FolderLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

/// How often the codes of a folder were changed, by any process. Reading it costs one load, so a server can
/// look with every request, and a code that was switched off is refused from the next one on.
class ChangeCount {
 public:
  static Result<ChangeCount> open(const std::string& folder);
  ChangeCount(ChangeCount&& other) noexcept : count_(other.count_) { other.count_ = nullptr; }
  ChangeCount& operator=(ChangeCount&&) = delete;
  ~ChangeCount();

  std::uint64_t now() const { return count_->load(std::memory_order_acquire); }
  void raise() { count_->fetch_add(1, std::memory_order_release); }

 private:
  explicit ChangeCount(std::atomic<std::uint64_t>* count) : count_(count) {}
  std::atomic<std::uint64_t>* count_;
};

}  // namespace vignette::relay
