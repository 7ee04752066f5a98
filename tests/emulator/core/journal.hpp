#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/emulator/core/json.hpp"

namespace vignette::emulator {

/// What is remembered of one request. Times are milliseconds since the program started; 0 is "not yet".
struct Entry {
  std::int64_t id = 0;
  std::string provider, method, target, content_type, model;
  Json headers = Json::object();  ///< keys only as "sha256:…"
  std::string key_sha256, body_sha256;
  std::uint64_t body_bytes = 0;
  bool stream = false, body_complete = false;
  Json body;  ///< JSON or the names of form fields, with long strings cut: to see which parameters came
  Json pictures = Json::array(), sounds = Json::array();
  std::vector<int> faults;
  std::int64_t arrived_ms = 0, complete_ms = 0, first_byte_ms = 0, end_ms = 0;
  int status = 0;
  std::uint64_t sent_bytes = 0;
  std::int64_t sent_events = 0;
  std::string left;  ///< when the client hung up early: "sending", "waiting" or "receiving"
  std::int64_t left_ms = 0;
};

/// What came in, and what is under way. Safe to use from all threads.
class Journal {
 public:
  std::int64_t begin(Entry entry);
  /// Changes an entry, unless it was cleared away meanwhile.
  void update(std::int64_t id, const std::function<void(Entry&)>& change);
  void end(std::int64_t id);

  struct Filter {
    std::string provider, path;  ///< path is a glob
    std::int64_t after = 0;      ///< only ids above
    std::size_t last = 1000;     ///< at most so many, the newest
  };
  Json list(const Filter& filter) const;
  Json stats() const;
  /// Forgets what is over. Counters restart; what is in flight stays counted.
  void clear();

  /// The figures a test waits for.
  struct Figures {
    std::int64_t arrived = 0, complete = 0, finished = 0, in_flight = 0, left = 0, first_bytes = 0;
  };
  bool wait(const std::function<bool(const Figures&)>& reached, std::int64_t timeout_ms);

 private:
  struct Count {
    std::int64_t total = 0, in_flight = 0, most_in_flight = 0;
    void up();
    Json json() const;
  };
  Entry* find(std::int64_t id);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Entry> entries_;
  std::map<std::int64_t, std::pair<std::string, std::string>> open_;  // id → provider, key
  std::int64_t last_id_ = 0;
  Figures figures_;
  Count all_;
  std::map<std::string, Count> by_key_, by_provider_;
};

}  // namespace vignette::emulator
