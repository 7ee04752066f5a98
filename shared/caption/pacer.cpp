#include "shared/caption/pacer.hpp"

#include <algorithm>

namespace vignette::caption {
namespace {

constexpr int kMostConcurrency = 8;
constexpr int kInRowToNarrow = 3;
constexpr int kAnswersToWiden = 10;
constexpr std::int64_t kFirstWaitMs = 1'000;
constexpr std::int64_t kLongestWaitMs = 8'000;

Pace sane(Pace pace) {
  pace.concurrency = std::clamp(pace.concurrency, 1, kMostConcurrency);
  pace.tries = std::max(pace.tries, 1);
  pace.rate_limit_tries = std::max(pace.rate_limit_tries, 1);
  return pace;
}

/// SplitMix64: the same seed and the same picture always wait the same, whatever else happens.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

}  // namespace

Pacer::Pacer(const Pace& pace, std::uint64_t seed)
    : pace_(sane(pace)), seed_(seed), width_(pace_.concurrency) {}

void Pacer::add(TaskId id) {
  const auto [place, fresh] = tasks_.try_emplace(id);
  Task& task = place->second;
  const bool settled =
      task.state == State::Done || task.state == State::Failed || task.state == State::Cancelled;
  if (!fresh && !settled) return;
  if (task.state == State::Done) --counts_.done;
  if (task.state == State::Failed) --counts_.failed;
  if (task.state == State::Cancelled) --counts_.cancelled;
  task = Task{};
  queue_.push_back(id);
  ++counts_.queued;
}

void Pacer::set_pace(const Pace& pace) {
  const int before = pace_.concurrency;
  pace_ = sane(pace);
  // What the provider forced on us stays in force; only the person's own limit moves.
  width_ = width_ == before ? pace_.concurrency : std::min(width_, pace_.concurrency);
}

Next Pacer::next(TimeMs now) {
  Next out;
  if (paused_) return out;
  while (!waiting_.empty() && waiting_.begin()->first <= now) {
    const TaskId id = waiting_.begin()->second;
    waiting_.erase(waiting_.begin());
    tasks_[id].state = State::Queued;
    queue_.push_front(id);  // it has waited longest
  }
  if (allowance_ && allowance_->reset_ms <= now) allowance_.reset();

  TimeMs earliest = blocked_until_;
  if (last_start_) earliest = std::max(earliest, *last_start_ + gap_ms());
  if (allowance_ && allowance_->remaining <= 0) earliest = std::max(earliest, allowance_->reset_ms);

  const auto has_room = [&] { return counts_.running < width_; };
  if (!queue_.empty() && has_room() && earliest <= now) {
    // One at a time: the gap to the next is never nothing.
    const TaskId id = queue_.front();
    queue_.pop_front();
    Task& task = tasks_[id];
    task.state = State::Running;
    task.started = now;
    ++task.attempts;
    --counts_.queued;
    ++counts_.running;
    last_start_ = now;
    if (allowance_) --allowance_->remaining;
    out.start.push_back({id, task.attempts, task.half_size});
    earliest = now + gap_ms();
    if (allowance_ && allowance_->remaining <= 0) earliest = std::max(earliest, allowance_->reset_ms);
  }
  if (!has_room()) return out;
  if (!queue_.empty()) {
    out.wake = earliest;
  } else if (!waiting_.empty()) {
    out.wake = std::max(earliest, waiting_.begin()->first);
  }
  return out;
}

void Pacer::settle(Task& task, State state) {
  if (task.state == State::Running) {
    --counts_.running;
  } else {
    --counts_.queued;
  }
  task.state = state;
  if (state == State::Done) ++counts_.done;
  if (state == State::Failed) ++counts_.failed;
  if (state == State::Cancelled) ++counts_.cancelled;
}

bool Pacer::succeeded(TaskId id, TimeMs now, std::optional<RateHint> hint) {
  const auto found = tasks_.find(id);
  if (found == tasks_.end() || found->second.state != State::Running) return false;
  settle(found->second, State::Done);
  turned_away_in_row_ = 0;
  if (hint) allowance_ = RateHint{hint->remaining, now + hint->reset_ms};
  if (++answers_since_ >= kAnswersToWiden) {
    answers_since_ = 0;
    width_ = std::min(width_ + 1, pace_.concurrency);
  }
  return true;
}

bool Pacer::again(TaskId id, TimeMs now, std::optional<RateHint> hint) {
  const auto found = tasks_.find(id);
  if (found == tasks_.end() || found->second.state != State::Running) return false;
  if (hint) allowance_ = RateHint{hint->remaining, now + hint->reset_ms};
  queue_again(id, found->second, now);
  return true;
}

std::int64_t Pacer::backoff_ms(TaskId id, const Task& task) const {
  const int n = task.broken + task.turned_away - 1;
  const std::int64_t base = n >= 3 ? kLongestWaitMs : kFirstWaitMs << n;
  // 0.8 to 1.2 of it, so that what broke together does not come back together.
  const auto share = static_cast<std::int64_t>(
      mixed(seed_ ^ mixed((std::uint64_t{id} << 16) + static_cast<std::uint64_t>(n))) % 401);
  return base * (800 + share) / 1000;
}

void Pacer::turned_away(const Task& task, TimeMs now) {
  // A burst that was under way when the last one was turned away tells nothing new.
  if (task.started <= narrowed_at_) return;
  answers_since_ = 0;
  if (++turned_away_in_row_ < kInRowToNarrow) return;
  turned_away_in_row_ = 0;
  narrowed_at_ = now;
  width_ = std::max(1, width_ / 2);
}

void Pacer::queue_again(TaskId id, Task& task, TimeMs due) {
  settle(task, State::Waiting);
  ++counts_.queued;
  task.due = due;
  waiting_.emplace(due, id);
}

bool Pacer::broke(TaskId id, const CallFailure& why, TimeMs now, std::optional<TimeMs>* retry_at) {
  if (retry_at != nullptr) retry_at->reset();
  const auto found = tasks_.find(id);
  if (found == tasks_.end() || found->second.state != State::Running) return false;
  Task& task = found->second;

  const bool limited = why.failure == Failure::RateLimit;
  limited ? ++task.turned_away : ++task.broken;
  if (limited) {
    turned_away(task, now);
  } else {
    turned_away_in_row_ = 0;
  }
  const std::int64_t wait =
      why.retry_after_ms ? std::max<std::int64_t>(*why.retry_after_ms, 0) : backoff_ms(id, task);
  // A limit without a time is still a limit for all; so is a time that a busy server names.
  if (limited || why.retry_after_ms) blocked_until_ = std::max(blocked_until_, now + wait);

  const bool smaller = why.failure == Failure::TooLarge && !task.half_size;
  const bool tries_left = limited ? task.turned_away < pace_.rate_limit_tries : task.broken < pace_.tries;
  if (tries_left && (smaller || is_retried(why.failure))) {
    task.half_size = task.half_size || smaller;
    queue_again(id, task, smaller ? now : now + wait);
    if (retry_at != nullptr) *retry_at = task.due;
    return true;
  }
  settle(task, why.failure == Failure::Cancelled ? State::Cancelled : State::Failed);
  if (concerns_all(why.failure) && counts_.queued > 0) {
    paused_ = true;
    halted_by_ = why.failure;
  }
  return true;
}

void Pacer::resume() {
  paused_ = false;
  halted_by_.reset();
}

bool Pacer::cancel(TaskId id) {
  const auto found = tasks_.find(id);
  if (found == tasks_.end()) return false;
  Task& task = found->second;
  if (task.state == State::Waiting) waiting_.erase({task.due, id});
  if (task.state == State::Queued) queue_.erase(std::find(queue_.begin(), queue_.end(), id));
  if (task.state != State::Waiting && task.state != State::Queued && task.state != State::Running)
    return false;
  settle(task, State::Cancelled);
  return true;
}

std::vector<TaskId> Pacer::cancel() {
  std::vector<TaskId> running;
  for (auto& [id, task] : tasks_) {
    if (task.state == State::Running) running.push_back(id);
    if (task.state == State::Running || task.state == State::Queued || task.state == State::Waiting)
      settle(task, State::Cancelled);
  }
  queue_.clear();
  waiting_.clear();
  std::sort(running.begin(), running.end());
  return running;
}

}  // namespace vignette::caption
