#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "relay/accounts/redis_connection.hpp"

namespace vignette::relay {

/// Redis from the event loop's side: a thread that asks and waits. What gathers while it waits is asked
/// together.
class RedisLink {
 public:
  using Told = std::function<void(RedisAnswer)>;
  /// Four times a second, and when refresh() asks for it. False when Redis did not answer.
  using Round = std::function<bool(RedisConnection&)>;

  explicit RedisLink(RedisAddress address) : connection_(std::move(address)) {}
  ~RedisLink() { stop(); }
  RedisLink(const RedisLink&) = delete;
  RedisLink& operator=(const RedisLink&) = delete;

  void start(Round round);
  /// Says what is still to be said, for two seconds at most, and ends the thread.
  void stop();

  /// Asks once; told on the link's thread. Redis may have done it even though no answer came.
  void ask(RedisCommand command, Told told);
  /// Asks until there is an answer, in the order of the calls: for commands that may be repeated.
  void insist(RedisCommand command);
  /// A round now.
  void refresh(std::function<void(bool)> told);

 private:
  struct Item {
    RedisCommand command;
    Told told;  ///< none: insist
  };
  void run(const Round& round);
  bool work(std::unique_lock<std::mutex>& lock);
  bool run_round(std::unique_lock<std::mutex>& lock, const Round& round);

  RedisConnection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Item> queue_;
  std::vector<std::function<void(bool)>> refreshers_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace vignette::relay
