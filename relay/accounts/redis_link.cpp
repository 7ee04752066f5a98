#include "relay/accounts/redis_link.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace vignette::relay {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto round_every = std::chrono::milliseconds(250);
constexpr auto pause_after_failure = std::chrono::milliseconds(200);
constexpr auto last_words = std::chrono::seconds(2);
constexpr std::size_t most_at_once = 512;

}  // namespace

void RedisLink::start(Round round) {
  thread_ = std::thread([this, round = std::move(round)] { run(round); });
}

void RedisLink::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RedisLink::ask(RedisCommand command, Told told) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      queue_.push_back({std::move(command), std::move(told)});
      wake_.notify_one();
      return;
    }
  }
  told({});
}

void RedisLink::insist(RedisCommand command) {
  const std::lock_guard lock(mutex_);
  queue_.push_back({std::move(command), nullptr});
  wake_.notify_one();
}

void RedisLink::refresh(std::function<void(bool)> told) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      refreshers_.push_back(std::move(told));
      wake_.notify_one();
      return;
    }
  }
  told(false);
}

void RedisLink::run(const Round& round) {
  auto next_round = Clock::now() + round_every;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_until(lock, next_round,
                     [this] { return stopping_ || !queue_.empty() || !refreshers_.empty(); });
    bool reached = work(lock);
    if (!refreshers_.empty() || Clock::now() >= next_round) {
      next_round = Clock::now() + round_every;
      reached = run_round(lock, round) && reached;
    }
    if (!reached) wake_.wait_for(lock, pause_after_failure, [this] { return stopping_; });
  }
  const auto end = Clock::now() + last_words;
  while (!queue_.empty() && Clock::now() < end) {
    if (!work(lock)) wake_.wait_for(lock, pause_after_failure, [] { return false; });
  }
  for (auto& told : std::exchange(refreshers_, {})) told(false);
}

bool RedisLink::run_round(std::unique_lock<std::mutex>& lock, const Round& round) {
  const auto told = std::exchange(refreshers_, {});
  lock.unlock();
  const bool reached = connection_.open() && round(connection_);
  for (const auto& one : told) one(reached);
  lock.lock();
  return reached;
}

bool RedisLink::work(std::unique_lock<std::mutex>& lock) {
  if (queue_.empty()) return true;
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), most_at_once));
  std::vector<Item> items(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  lock.unlock();

  std::vector<RedisAnswer> answers(items.size());
  if (connection_.open()) {
    std::vector<RedisCommand> commands;
    for (const Item& item : items) commands.push_back(item.command);
    answers = connection_.ask(commands);
  }
  std::vector<Item> again;
  bool reached = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    reached = reached && !answers[i].failed;
    if (items[i].told) {
      items[i].told(std::move(answers[i]));
    } else if (answers[i].failed) {
      again.push_back(std::move(items[i]));
    }
  }
  lock.lock();
  queue_.insert(queue_.begin(), std::make_move_iterator(again.begin()), std::make_move_iterator(again.end()));
  return reached;
}

}  // namespace vignette::relay
