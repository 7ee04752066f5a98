// The books in memory: every limit, all together or none, whoever asks at once.
#include "relay/accounts/books.hpp"

#include <barrier>
#include <doctest/doctest.h>
#include <random>
#include <thread>

using namespace vignette;
using namespace vignette::relay;

namespace {

constexpr TimeMs noon = 20'000 * TimeMs{86'400'000} + 43'200'000;
constexpr Moment now{.wall = noon, .steady_ns = 1'000'000'000'000};

Moment later(std::int64_t ms) { return {.wall = now.wall + ms, .steady_ns = now.steady_ns + ms * 1'000'000}; }

struct Desk {
  std::shared_ptr<Books> books;
  Caller caller;

  explicit Desk(const Terms& terms, std::optional<MicroUsd> relay_per_day = {})
      : books(std::make_shared<Books>(nullptr, relay_per_day)) {
    set({.id = "0a1b2c3d", .terms = std::make_shared<const Terms>(terms)});
    caller = {.code_id = "0a1b2c3d", .session_id = "00000000000000aa", .terms = nullptr};
  }
  void set(CodeRecord record) {
    const std::shared_ptr<const CodeRecord> code = std::make_shared<const CodeRecord>(std::move(record));
    books->set_codes(std::span(&code, 1));
  }
  std::variant<Reservation, Problem> reserve(MicroUsd ceiling, Moment at = now,
                                             std::string_view model = "p/m") {
    return reserve_as(caller, ceiling, at, model);
  }
  std::variant<Reservation, Problem> reserve_as(const Caller& who, MicroUsd ceiling, Moment at = now,
                                                std::string_view model = "p/m") {
    auto granted = books->reserve(who, model, ceiling, at);
    if (auto* problem = std::get_if<Problem>(&granted)) return *problem;
    return Reservation(std::move(std::get<Books::Granted>(granted).ticket), ceiling);
  }
  void spend(MicroUsd amount, Moment at = now) {
    std::get<Reservation>(reserve(amount, at)).settle(amount, {});
  }
  UsageView view(Moment at = now) { return books->usage(caller, at); }
};

std::string refusal(const std::variant<Reservation, Problem>& answer) {
  const auto* problem = std::get_if<Problem>(&answer);
  return problem ? std::to_string(problem->status) + " " + problem->code : "granted";
}

}  // namespace

TEST_CASE("every limit refuses with its own status and code, and never before it is reached") {
  struct Row {
    const char* what;
    Terms terms;
    int granted;  // of requests that cost ten each and stay at work
    const char* refusal;
  };
  const Row rows[] = {
      {"budget", {.budget = 35}, 3, "402 budget_exhausted"},
      {"budget, to the last millionth", {.budget = 30}, 3, "402 budget_exhausted"},
      {"day", {.daily_budget = 20}, 2, "402 budget_exhausted"},
      {"session", {.session_budget = 40}, 4, "402 budget_exhausted"},
      {"requests", {.requests = 5}, 5, "402 budget_exhausted"},
      {"rate", {.requests_per_minute = 6}, 6, "429 rate_limited"},
      {"rate of one session", {.session_requests_per_minute = 3}, 3, "429 rate_limited"},
      {"at once", {.concurrency = 2}, 2, "429 too_many_concurrent"},
      {"at once in one session", {.session_concurrency = 1}, 1, "429 too_many_concurrent"},
      {"model", {.models = {"other/*"}}, 0, "403 model_not_allowed"},
      {"date", {.expires = noon}, 0, "403 code_expired"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Desk desk(row.terms);
    std::vector<Reservation> held;
    for (int i = 0; i < row.granted; ++i) {
      auto answer = desk.reserve(10);
      REQUIRE(refusal(answer) == "granted");
      held.push_back(std::get<Reservation>(std::move(answer)));
    }
    const auto refused = desk.reserve(10);
    CHECK(refusal(refused) == row.refusal);
    const bool waiting_helps = std::get<Problem>(refused).status == 429;
    CHECK(std::get<Problem>(refused).retry_after_s.has_value() == waiting_helps);
    CHECK(desk.view().at_work == row.granted);
    CHECK(desk.view().reserved == row.granted * 10);
  }
}

TEST_CASE("without limits nothing is refused, and everything is counted") {
  Desk desk(Terms{});
  for (int i = 0; i < 100; ++i) desk.spend(7);
  CHECK(desk.view().spent == 700);
  CHECK(desk.view().requests == 100);
  CHECK(desk.view().spent_today == 700);
  CHECK(desk.view().spent_session == 700);
}

TEST_CASE("the relay's own budget for a day is over all codes") {
  Desk desk(Terms{}, 25);
  desk.spend(20);
  CHECK(refusal(desk.reserve(6)) == "402 budget_exhausted");
  CHECK(refusal(desk.reserve(6, later(86'400'000))) == "granted");
}

TEST_CASE(
    "a new day starts a new budget, what yesterday still had at work stays yesterday's, and no clock brings "
    "it back") {
  Desk desk(Terms{.daily_budget = 20});
  auto late = std::get<Reservation>(desk.reserve(20));
  CHECK(refusal(desk.reserve(1)) == "402 budget_exhausted");
  const Moment tomorrow = later(86'400'000);
  CHECK(refusal(desk.reserve(20, tomorrow)) == "granted");  // and lost: it costs 20
  late.settle(20, {});
  CHECK(refusal(desk.reserve(1, tomorrow)) == "402 budget_exhausted");
  CHECK(refusal(desk.reserve(1)) == "402 budget_exhausted");  // the clock was set back
  CHECK(refusal(desk.reserve(1, later(2 * 86'400'000))) == "granted");
}

TEST_CASE("the bearer of the code itself has a session's share too") {
  Desk desk(Terms{.session_budget = 20});
  desk.caller.session_id.clear();
  desk.spend(20);
  CHECK(refusal(desk.reserve(1)) == "402 budget_exhausted");
  desk.caller.session_id = "00000000000000bb";
  CHECK(refusal(desk.reserve(1)) == "granted");
}

TEST_CASE("a refusal takes nothing from any limit") {
  Desk desk(
      Terms{.requests_per_minute = 2, .concurrency = 5, .requests = 5, .budget = 100, .session_budget = 10});
  for (int i = 0; i < 50; ++i) CHECK(refusal(desk.reserve(11)) == "402 budget_exhausted");
  CHECK(desk.view().reserved == 0);
  CHECK(desk.view().requests == 0);
  CHECK(desk.view().at_work == 0);
  desk.spend(5);
  desk.spend(5);  // the rate was not used up by the fifty
}

TEST_CASE("what is released was never spent, and does not count as a request") {
  Desk desk(Terms{.requests = 1, .budget = 10});
  for (int i = 0; i < 10; ++i) std::get<Reservation>(desk.reserve(10)).release();
  CHECK(desk.view().spent == 0);
  CHECK(desk.view().requests == 0);
  CHECK(refusal(desk.reserve(10)) == "granted");
}

TEST_CASE("a code that is switched off is refused from the next request on; what is at work is settled") {
  Desk desk(Terms{.budget = 100});
  auto at_work = std::get<Reservation>(desk.reserve(10));
  desk.set(
      {.id = "0a1b2c3d", .terms = std::make_shared<const Terms>(Terms{.budget = 100}), .disabled = true});
  CHECK(refusal(desk.reserve(10)) == "403 code_disabled");
  at_work.settle(4, {});
  CHECK(desk.view().spent == 4);
}

TEST_CASE("T6: the 41st session is refused until one ends, and a code's end is its sessions' end") {
  Desk desk(Terms{.sessions = 40, .expires = noon + 14 * 3'600'000});
  for (int i = 0; i < 40; ++i)
    REQUIRE(std::holds_alternative<Books::Opened>(desk.books->open_session("0a1b2c3d", now)));
  const auto refused = desk.books->open_session("0a1b2c3d", later(60'000));
  REQUIRE(std::holds_alternative<Problem>(refused));
  CHECK(std::get<Problem>(refused).status == 429);
  CHECK(*std::get<Problem>(refused).retry_after_s == 12 * 3600 - 60);
  const auto next = desk.books->open_session("0a1b2c3d", later(12 * 3'600'000));
  REQUIRE(std::holds_alternative<Books::Opened>(next));
  CHECK(std::get<Books::Opened>(next).expires == noon + 14 * 3'600'000);
}

TEST_CASE("sessions cannot be minted faster than a class arrives") {
  Desk desk(Terms{});
  for (int i = 0; i < 40; ++i)
    REQUIRE(std::holds_alternative<Books::Opened>(desk.books->open_session("0a1b2c3d", now)));
  CHECK(std::get<Problem>(desk.books->open_session("0a1b2c3d", now)).code == "rate_limited");
  CHECK(std::holds_alternative<Books::Opened>(desk.books->open_session("0a1b2c3d", later(1'000))));
}

TEST_CASE("T7: one greedy student gets the own share, and the other 29 are served as if alone") {
  Desk desk(Terms{.requests_per_minute = 600,
                  .concurrency = 64,
                  .session_budget = 1'000,
                  .session_requests_per_minute = 20,
                  .session_concurrency = 2});
  const auto student = [](int i) {
    return Caller{.code_id = "0a1b2c3d", .session_id = "000000000000" + std::to_string(1000 + i)};
  };
  int greedy = 0;
  for (int second = 0; second < 60; ++second) {
    std::vector<Reservation> at_work;
    for (int i = 0; i < 200; ++i) {
      auto answer = desk.reserve_as(student(0), 10, later(second * 1'000));
      if (auto* granted = std::get_if<Reservation>(&answer)) {
        at_work.push_back(std::move(*granted));
        ++greedy;
      }
    }
    CHECK(at_work.size() <= 2);
    if (second % 6 != 0) continue;  // ten a minute each
    for (int i = 1; i < 30; ++i)
      CHECK(refusal(desk.reserve_as(student(i), 10, later(second * 1'000))) == "granted");
  }
  CHECK(greedy >= 20);
  CHECK(greedy <= 40);  // the burst and a minute's worth
}

TEST_CASE("T8: a thousand at once on one budget, with random costs, failures and cancels, never overshoot") {
  std::mt19937 seeds(20'261'121);
  constexpr int threads = 8;
  constexpr int each = 125;
  for (int trial = 0; trial < 150; ++trial) {
    const MicroUsd cap = std::uniform_int_distribution<MicroUsd>(1, 50'000)(seeds);
    Desk desk(
        Terms{.concurrency = 1 + trial % 40, .requests = 1'000, .budget = cap, .daily_budget = cap * 2});
    std::atomic<MicroUsd> truly_spent = 0;
    std::atomic<MicroUsd> most_at_work = 0;
    std::atomic<int> granted_count = 0;
    std::barrier start(threads);
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; ++t) {
      pool.emplace_back([&, seed = seeds()] {
        std::mt19937 random(seed);
        std::vector<Reservation> at_work;
        start.arrive_and_wait();
        for (int i = 0; i < each; ++i) {
          const MicroUsd ceiling = std::uniform_int_distribution<MicroUsd>(0, 200)(random);
          auto answer = desk.reserve(ceiling);
          if (auto* granted = std::get_if<Reservation>(&answer)) at_work.push_back(std::move(*granted));
          while (!at_work.empty() && random() % 3 != 0) {
            Reservation one = std::move(at_work.back());
            at_work.pop_back();
            const MicroUsd actual = std::uniform_int_distribution<MicroUsd>(-5, 300)(random);
            const MicroUsd charged = actual < 0 ? one.ceiling() : std::min(actual, one.ceiling());
            switch (random() % 4) {
              case 0: one.release(); break;
              case 1:
                truly_spent += one.ceiling();
                ++granted_count;
                break;  // lost: its destructor settles
              default:
                truly_spent += charged;
                ++granted_count;
                one.settle(actual, {});
            }
          }
          const UsageView view = desk.view();
          MicroUsd seen = most_at_work;
          while (view.spent + view.reserved > seen &&
                 !most_at_work.compare_exchange_weak(seen, view.spent + view.reserved)) {
          }
        }
        for (const Reservation& one : at_work) {
          truly_spent += one.ceiling();
          ++granted_count;
        }
      });
    }
    for (std::thread& thread : pool) thread.join();
    const UsageView view = desk.view();
    REQUIRE(truly_spent <= cap);
    REQUIRE(most_at_work <= cap);
    REQUIRE(view.spent == truly_spent);
    REQUIRE(view.reserved == 0);
    REQUIRE(view.at_work == 0);
    REQUIRE(view.requests == granted_count);
  }
}
