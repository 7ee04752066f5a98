#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "relay/accounts/rows.hpp"

namespace vignette::relay {

/// Writes rows to disk on a thread of its own, so that the event loop never waits for one. What arrives while
/// the disk is busy goes into the next transaction together. Rows that cannot be written are kept and tried
/// again.
///
///   const std::uint64_t write = journal.write(rows);
///   journal.when_done(write, [](bool durable) { … });   // called on the journal's thread
class Journal {
 public:
  using Store = std::function<bool(const Rows&)>;  ///< one transaction; true once it is on disk
  using Round = std::function<void()>;             ///< once a second: a chance to write what has gathered
  using Told = std::function<void(bool durable)>;

  explicit Journal(Store store);
  ~Journal() { stop(); }
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  void start(Round round);
  /// Writes what is there (trying once), tells whoever waits, and ends the thread. Later rows are dropped.
  void stop();

  /// The number of the write that these rows are part of.
  std::uint64_t write(Rows rows);
  /// All writes up to this one are on disk.
  std::uint64_t written() const { return written_.load(std::memory_order_acquire); }
  /// Told false when the write failed for now: it will be tried again, but not waited for.
  void when_done(std::uint64_t write, Told told);

 private:
  struct Waiter {
    std::uint64_t write;
    Told told;
  };
  void run(const Round& round);
  void write_batch(std::unique_lock<std::mutex>& lock);
  void tell(std::unique_lock<std::mutex>& lock, std::uint64_t up_to, bool durable);

  Store store_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Rows queued_;
  std::uint64_t last_ = 0;  // number of the last write that was queued
  std::vector<Waiter> waiters_;
  bool stopping_ = false;
  bool failing_ = false;
  std::atomic<std::uint64_t> written_{0};
  std::thread thread_;
};

}  // namespace vignette::relay
