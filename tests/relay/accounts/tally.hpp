#pragma once
#include <atomic>
#include <cstdint>

/// What hammers did, in memory that they share with the test.
struct Tally {
  std::atomic<std::int64_t> ready = 0;
  std::atomic<std::int64_t> stop = 0;
  std::atomic<std::int64_t> dispatched = 0;  ///< ceilings of all that was granted
  std::atomic<std::int64_t> given_back = 0;  ///< the part of them that was not spent
  std::atomic<std::int64_t> requests = 0;
  std::atomic<std::int64_t> refused = 0;  ///< for want of budget
  std::atomic<std::int64_t> failed = 0;
};
