#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <random>

#include "shared/caption/pacer.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

struct Call {
  TaskId task;
  TimeMs answer_at;
};

/// A provider that fails at random, and a log of everything that must never happen.
class World {
 public:
  World(const Pace& pace, std::uint32_t seed, TaskId tasks)
      : pace_(pace), random_(seed), pacer_(pace, seed), tasks_(tasks) {
    for (TaskId task = 0; task < tasks; ++task) pacer_.add(task);
  }

  void run() {
    for (int steps = 0; !pacer_.finished(); ++steps) {
      REQUIRE(steps < 200'000);
      if (pacer_.paused()) pacer_.resume();  // the person corrected the key
      const Next next = pacer_.next(now_);
      for (const Start& start : next.start) begin(start);
      TimeMs until = now_ + 1;
      const auto first = std::min_element(running_.begin(), running_.end(), [](const Call& a, const Call& b) {
        return a.answer_at < b.answer_at;
      });
      if (next.start.empty()) {
        // Something must be going to happen, or the job would hang.
        const bool asleep_for_ever = !next.wake && running_.empty() && !pacer_.finished();
        REQUIRE_FALSE(asleep_for_ever);
        until = next.wake.value_or(first == running_.end() ? now_ + 1 : first->answer_at);
        if (first != running_.end()) until = std::min(until, first->answer_at);
        REQUIRE(until >= now_);
      }
      now_ = std::max(now_, until);
      answer_due();
    }
    const Counts counts = pacer_.counts();
    CHECK(counts.done + counts.failed == static_cast<int>(tasks_));
    CHECK(counts.running == 0);
  }

  int calls = 0;
  int done = 0;

 private:
  void begin(const Start& start) {
    ++calls;
    CHECK(now_ >= forbidden_until_);
    if (last_start_ >= 0) CHECK(now_ - last_start_ >= (pace_.slow ? 3'000 : 100));
    last_start_ = now_;
    for (const Call& call : running_) CHECK(call.task != start.task);
    running_.push_back({start.task, now_ + static_cast<TimeMs>(random_() % 4'000)});
    CHECK(running_.size() <= static_cast<std::size_t>(pace_.concurrency));
    CHECK(pacer_.counts().running == static_cast<int>(running_.size()));
    CHECK(start.attempt == ++tries_[start.task]);
    CHECK(start.attempt < pace_.tries + pace_.rate_limit_tries);
    CHECK_FALSE(settled_[start.task]);
  }

  void answer_due() {
    for (std::size_t i = 0; i < running_.size();) {
      if (running_[i].answer_at > now_) {
        ++i;
        continue;
      }
      const TaskId task = running_[i].task;
      running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
      answer(task);
    }
  }

  void answer(TaskId task) {
    const std::uint32_t dice = random_() % 100;
    std::optional<TimeMs> again;
    if (dice < 30) {
      std::optional<std::int64_t> wait;
      if (random_() % 2 == 0) wait = static_cast<std::int64_t>(random_() % 20'000);
      CHECK(pacer_.broke(task, {Failure::RateLimit, wait}, now_, &again));
      if (wait) forbidden_until_ = std::max(forbidden_until_, now_ + *wait);
      settled_[task] = !again;
    } else if (dice < 40) {
      constexpr Failure kKinds[] = {Failure::Network, Failure::Busy, Failure::TooLarge, Failure::Refused,
                                    Failure::BadKey};
      CHECK(pacer_.broke(task, {kKinds[random_() % 5], {}}, now_, &again));
      settled_[task] = !again;
    } else {
      std::optional<RateHint> hint;
      if (random_() % 5 == 0)
        hint =
            RateHint{static_cast<std::int64_t>(random_() % 4), static_cast<std::int64_t>(random_() % 9'000)};
      CHECK(pacer_.succeeded(task, now_, hint));
      settled_[task] = true;
      ++done;
    }
  }

  Pace pace_;
  std::mt19937 random_;
  Pacer pacer_;
  TaskId tasks_;
  TimeMs now_ = 1'000'000;
  TimeMs forbidden_until_ = 0;
  TimeMs last_start_ = -1;
  std::vector<Call> running_;
  std::map<TaskId, int> tries_;
  std::map<TaskId, bool> settled_;
};

}  // namespace

TEST_CASE("whatever a provider does: no call too early, none too many, and everything ends") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Pace pace;
    pace.concurrency = 1 + static_cast<int>(seed % 8);
    pace.slow = seed % 5 == 0;
    World world(pace, seed, 1 + seed % 50);
    world.run();
  }
}

TEST_CASE("40 pictures are all done where 30 % are turned away and 5 % of the connections drop") {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Pacer pacer({}, seed);
    for (TaskId task = 0; task < 40; ++task) pacer.add(task);
    TimeMs now = 0;
    for (int steps = 0; !pacer.finished() && steps < 10'000; ++steps) {
      const Next next = pacer.next(now);
      for (const Start& start : next.start) {
        const std::uint32_t dice = random() % 100;
        if (dice < 30) {
          pacer.broke(start.task, {Failure::RateLimit, 1'000}, now + 20);
        } else if (dice < 35) {
          pacer.broke(start.task, {Failure::Network, {}}, now + 20);
        } else {
          pacer.succeeded(start.task, now + 20);
        }
      }
      now = std::max(now + 20, next.wake.value_or(now));
    }
    CHECK(pacer.counts().done == 40);
  }
}

TEST_CASE("five thousand pictures are paced without growing slow") {
  Pacer pacer({.concurrency = 8}, 1);
  for (TaskId task = 0; task < 5'000; ++task) pacer.add(task);
  TimeMs now = 0;
  int started = 0;
  while (!pacer.finished()) {
    const Next next = pacer.next(now);
    for (const Start& start : next.start) {
      ++started;
      pacer.succeeded(start.task, now + 50);
    }
    now += 100;
    REQUIRE(now < 1'000'000);
  }
  CHECK(started == 5'000);
}
