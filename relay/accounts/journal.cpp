#include "relay/accounts/journal.hpp"

#include <chrono>
#include <utility>

namespace vignette::relay {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto round_every = std::chrono::seconds(1);
constexpr auto pause_after_failure = std::chrono::milliseconds(200);

}  // namespace

Journal::Journal(Store store) : store_(std::move(store)) {}

void Journal::start(Round round) {
  thread_ = std::thread([this, round = std::move(round)] { run(round); });
}

void Journal::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::uint64_t Journal::write(Rows rows) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return last_;
  queued_.add(std::move(rows));
  ++last_;
  wake_.notify_one();
  return last_;
}

void Journal::when_done(std::uint64_t write, Told told) {
  std::unique_lock lock(mutex_);
  if (written() < write && thread_.joinable() && !stopping_) {
    waiters_.push_back({write, std::move(told)});
    return;
  }
  const bool durable = written() >= write;
  lock.unlock();
  told(durable);
}

void Journal::run(const Round& round) {
  auto next_round = Clock::now() + round_every;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_until(lock, next_round, [this] { return stopping_ || (written() < last_ && !failing_); });
    if (Clock::now() >= next_round) {
      next_round = Clock::now() + round_every;
      lock.unlock();
      round();
      lock.lock();
    }
    write_batch(lock);
    if (failing_ && !stopping_) {
      wake_.wait_for(lock, pause_after_failure, [this] { return stopping_; });
      failing_ = false;
    }
  }
  write_batch(lock);
  tell(lock, last_, false);  // what failed at the very end
}

void Journal::write_batch(std::unique_lock<std::mutex>& lock) {
  if (written() == last_) return;
  Rows batch = std::exchange(queued_, {});
  const std::uint64_t up_to = last_;
  lock.unlock();
  const bool durable = store_(batch);
  if (!durable) batch.compact();
  lock.lock();
  failing_ = !durable;
  if (durable) {
    written_.store(up_to, std::memory_order_release);
  } else {
    batch.add(std::exchange(queued_, {}));
    queued_ = std::move(batch);
  }
  tell(lock, up_to, durable);
}

void Journal::tell(std::unique_lock<std::mutex>& lock, std::uint64_t up_to, bool durable) {
  std::vector<Waiter> told;
  std::erase_if(waiters_, [&](Waiter& waiter) {
    if (waiter.write > up_to) return false;
    told.push_back(std::move(waiter));
    return true;
  });
  lock.unlock();
  for (Waiter& waiter : told) waiter.told(durable);
  lock.lock();
}

}  // namespace vignette::relay
