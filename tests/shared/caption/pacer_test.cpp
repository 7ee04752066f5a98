#include "shared/caption/pacer.hpp"

#include <doctest/doctest.h>

using namespace vignette;
using namespace vignette::caption;

namespace {

constexpr CallFailure kLimited{Failure::RateLimit, {}};
constexpr CallFailure kBroken{Failure::Network, {}};

Pacer with_tasks(TaskId count, const Pace& pace = {}) {
  Pacer pacer(pace, 7);
  for (TaskId task = 1; task <= count; ++task) pacer.add(task);
  return pacer;
}

/// The only call it wants now.
TaskId start_one(Pacer& pacer, TimeMs now) {
  const Next next = pacer.next(now);
  return next.start.size() == 1 ? next.start[0].task : 0;
}

}  // namespace

TEST_CASE("calls begin a tenth of a second apart, as many as allowed") {
  Pacer pacer = with_tasks(5);
  Next next = pacer.next(1000);
  REQUIRE(next.start.size() == 1);
  CHECK(next.start[0].task == 1);
  CHECK(next.wake == 1100);
  CHECK(pacer.next(1050).start.empty());
  next = pacer.next(1100);
  CHECK(next.start.size() == 1);
  CHECK_FALSE(next.wake.has_value());  // both places are taken: only an answer changes that
  CHECK(pacer.counts().running == 2);
  CHECK(pacer.succeeded(1, 1150));
  CHECK(pacer.next(1150).wake == 1200);
  CHECK(start_one(pacer, 1200) == 3);
}

TEST_CASE("slow mode leaves three seconds between calls") {
  Pacer pacer = with_tasks(3, {.concurrency = 1, .slow = true});
  CHECK(start_one(pacer, 0) == 1);
  CHECK(pacer.succeeded(1, 500));
  CHECK(pacer.next(500).wake == 3000);
  CHECK(start_one(pacer, 2999) == 0);
  CHECK(start_one(pacer, 3000) == 2);
}

TEST_CASE("turned away twice, then answered: done, and both waits were kept") {
  Pacer pacer = with_tasks(1);
  CHECK(start_one(pacer, 0) == 1);
  std::optional<TimeMs> again;
  CHECK(pacer.broke(1, {Failure::RateLimit, 2000}, 100, &again));
  CHECK(again == 2100);
  CHECK(pacer.next(100).wake == 2100);
  CHECK(start_one(pacer, 2099) == 0);
  CHECK(start_one(pacer, 2100) == 1);
  CHECK(pacer.broke(1, {Failure::RateLimit, 5000}, 2200));
  CHECK(start_one(pacer, 7199) == 0);
  const Next third = pacer.next(7200);
  REQUIRE(third.start.size() == 1);
  CHECK(third.start[0].attempt == 3);
  CHECK(pacer.succeeded(1, 8000));
  CHECK(pacer.finished());
  CHECK(pacer.counts().done == 1);
}

TEST_CASE("a wait that the provider asks for holds for everybody") {
  Pacer pacer = with_tasks(4);
  CHECK(start_one(pacer, 0) == 1);
  CHECK(start_one(pacer, 100) == 2);
  CHECK(pacer.broke(1, {Failure::RateLimit, 10'000}, 200));
  CHECK(pacer.succeeded(2, 300));
  CHECK(pacer.next(300).wake == 10'200);
  CHECK(pacer.blocked_until() == 10'200);
  CHECK(pacer.broke(2, {Failure::RateLimit, 99'000}, 400) == false);  // it was answered already
  CHECK(pacer.blocked_until() == 10'200);
}

TEST_CASE("what breaks waits 1, 2, 4 and 8 seconds, give or take a fifth, and fails after five") {
  Pacer pacer = with_tasks(1);
  TimeMs now = 0;
  for (const std::int64_t base : {1000, 2000, 4000, 8000}) {
    REQUIRE(start_one(pacer, now) == 1);
    std::optional<TimeMs> again;
    REQUIRE(pacer.broke(1, kBroken, now, &again));
    REQUIRE(again.has_value());
    CHECK(*again - now >= base * 8 / 10);
    CHECK(*again - now <= base * 12 / 10);
    now = *again;
  }
  REQUIRE(start_one(pacer, now) == 1);
  std::optional<TimeMs> again;
  CHECK(pacer.broke(1, kBroken, now, &again));
  CHECK_FALSE(again.has_value());
  CHECK(pacer.counts().failed == 1);
  CHECK(pacer.finished());
}

TEST_CASE("the same seed waits the same, another one differently") {
  const auto wait = [](std::uint64_t seed) {
    Pacer pacer({}, seed);
    pacer.add(1);
    pacer.next(0);
    std::optional<TimeMs> again;
    pacer.broke(1, kBroken, 0, &again);
    return again.value_or(0);
  };
  CHECK(wait(1) == wait(1));
  CHECK((wait(1) != wait(2) || wait(1) != wait(3)));
}

TEST_CASE("what cannot succeed is not tried again") {
  for (const Failure failure :
       {Failure::Refused, Failure::InvalidAnswer, Failure::InvalidRequest, Failure::NoModel}) {
    Pacer pacer = with_tasks(1);
    CHECK(start_one(pacer, 0) == 1);
    CHECK(pacer.broke(1, {failure, {}}, 10));
    CHECK(pacer.counts().failed == 1);
    CHECK(pacer.finished());
  }
}

TEST_CASE("a picture that is too large is sent once more at half its size") {
  Pacer pacer = with_tasks(1);
  CHECK_FALSE(pacer.next(0).start[0].half_size);
  CHECK(pacer.broke(1, {Failure::TooLarge, {}}, 50));
  const Next again = pacer.next(100);
  REQUIRE(again.start.size() == 1);
  CHECK(again.start[0].half_size);
  CHECK(pacer.broke(1, {Failure::TooLarge, {}}, 200));
  CHECK(pacer.counts().failed == 1);
}

TEST_CASE("three turned away in a row halve the concurrency, ten answers give one back") {
  Pacer pacer = with_tasks(60, {.concurrency = 8});
  TimeMs now = 0;
  for (int i = 0; i < 3; ++i) {
    const TaskId task = start_one(pacer, now);
    REQUIRE(task != 0);
    CHECK(pacer.broke(task, {Failure::RateLimit, 0}, now + 50));
    now += 100;
  }
  CHECK(pacer.width() == 4);
  for (int i = 0; i < 9; ++i, now += 100) CHECK(pacer.succeeded(start_one(pacer, now), now + 50));
  CHECK(pacer.width() == 4);
  CHECK(pacer.succeeded(start_one(pacer, now), now + 50));
  CHECK(pacer.width() == 5);
}

TEST_CASE("one burst that is turned away halves once") {
  Pacer pacer = with_tasks(20, {.concurrency = 8});
  for (int i = 0; i < 8; ++i) pacer.next(i * 100);
  CHECK(pacer.counts().running == 8);
  for (TaskId task = 1; task <= 8; ++task) CHECK(pacer.broke(task, kLimited, 1000));
  CHECK(pacer.width() == 4);
}

TEST_CASE("a provider that says how much is left is believed") {
  Pacer pacer = with_tasks(5, {.concurrency = 1});
  CHECK(start_one(pacer, 0) == 1);
  CHECK(pacer.succeeded(1, 100, RateHint{1, 60'000}));
  CHECK(start_one(pacer, 100) == 2);
  CHECK(pacer.succeeded(2, 200));
  CHECK(pacer.next(200).wake == 60'100);
  CHECK(start_one(pacer, 60'099) == 0);
  CHECK(start_one(pacer, 60'100) == 3);
}

TEST_CASE("pause starts nothing and lets finish what runs; resume goes on") {
  Pacer pacer = with_tasks(3);
  CHECK(start_one(pacer, 0) == 1);
  pacer.pause();
  CHECK(pacer.next(1000).start.empty());
  CHECK_FALSE(pacer.next(1000).wake.has_value());
  CHECK(pacer.succeeded(1, 1100));
  pacer.resume();
  CHECK(start_one(pacer, 1200) == 2);
}

TEST_CASE("a wrong key stops the job instead of failing every picture") {
  Pacer pacer = with_tasks(40);
  CHECK(start_one(pacer, 0) == 1);
  CHECK(pacer.broke(1, {Failure::BadKey, {}}, 100));
  CHECK(pacer.paused());
  CHECK(pacer.halted_by() == Failure::BadKey);
  CHECK(pacer.counts().failed == 1);
  CHECK(pacer.counts().queued == 39);
  pacer.resume();
  CHECK_FALSE(pacer.halted_by().has_value());
  CHECK(start_one(pacer, 200) == 2);
}

TEST_CASE("cancel names what runs, ends the rest, and late answers change nothing") {
  Pacer pacer = with_tasks(4);
  CHECK(start_one(pacer, 0) == 1);
  CHECK(start_one(pacer, 100) == 2);
  CHECK(pacer.broke(1, kBroken, 150));
  CHECK(pacer.cancel(3));
  CHECK_FALSE(pacer.cancel(3));
  CHECK_FALSE(pacer.cancel(77));
  CHECK(pacer.cancel() == std::vector<TaskId>{2});
  CHECK(pacer.counts().cancelled == 4);
  CHECK(pacer.finished());
  CHECK_FALSE(pacer.succeeded(2, 300));
  CHECK(pacer.next(9'000).start.empty());
}

TEST_CASE("a failed picture begins anew when it is added again; a queued one is not doubled") {
  Pacer pacer = with_tasks(1);
  pacer.add(1);
  CHECK(pacer.counts().queued == 1);
  CHECK(start_one(pacer, 0) == 1);
  pacer.add(1);
  CHECK(pacer.counts().left() == 1);
  CHECK(pacer.broke(1, {Failure::Refused, {}}, 10));
  pacer.add(1);
  CHECK(pacer.counts().failed == 0);
  const Next again = pacer.next(200);
  REQUIRE(again.start.size() == 1);
  CHECK(again.start[0].attempt == 1);
}

TEST_CASE("the pace can be changed while the job runs") {
  Pacer pacer = with_tasks(10, {.concurrency = 1});
  CHECK(start_one(pacer, 0) == 1);
  pacer.set_pace({.concurrency = 3});
  CHECK(start_one(pacer, 100) == 2);
  CHECK(start_one(pacer, 200) == 3);
  CHECK(start_one(pacer, 300) == 0);
  pacer.set_pace({.concurrency = 99});
  CHECK(pacer.width() == 8);
  pacer.set_pace({.concurrency = 0});
  CHECK(pacer.width() == 1);
}
