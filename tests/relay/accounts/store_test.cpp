// What both stores promise, asked through the interface that the server uses.
#include <chrono>
#include <doctest/doctest.h>
#include <thread>

#include "relay/accounts/sqlite.hpp"
#include "tests/relay/accounts/await.hpp"
#include "tests/relay/accounts/places.hpp"

using namespace vignette;
using namespace vignette::relay;

namespace {

std::string outcome(const auto& answer) {
  const auto* problem = std::get_if<Problem>(&answer);
  return problem ? std::to_string(problem->status) + " " + problem->code : "granted";
}

Caller known(Accounts& accounts, const std::string& bearer) {
  auto answer = await(accounts.identify(bearer));
  REQUIRE(outcome(answer) == "granted");
  return std::get<Caller>(answer);
}

Reservation granted(Accounts& accounts, const Caller& caller, MicroUsd ceiling) {
  auto answer = await(accounts.reserve(caller, "p/m", ceiling));
  REQUIRE(outcome(answer) == "granted");
  return std::get<Reservation>(std::move(answer));
}

std::string refused(Accounts& accounts, const Caller& caller, MicroUsd ceiling,
                    std::string_view model = "p/m") {
  return outcome(await(accounts.reserve(caller, model, ceiling)));
}

}  // namespace

TEST_CASE(
    "a code is known however it is written, and what is unknown and what is malformed get the same answer") {
  for (const bool redis : {false, true}) {
    CAPTURE(redis);
    Place place(redis);
    const std::string code = place.add({.name = "class"});
    const auto accounts = place.open();
    const Caller caller = known(*accounts, code);
    CHECK(caller.code_id.size() == 8);
    CHECK(caller.terms->name == "class");
    std::string spelled = code;
    for (char& c : spelled) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    CHECK(known(*accounts, spelled).code_id == caller.code_id);
    std::string first_message;
    for (const std::string wrong : {"0000-0000-0000", "x", "", "no code at all", "\xff\xfe"}) {
      const auto answer = await(accounts->identify(wrong, "203.0.113.1"));
      REQUIRE(outcome(answer) == "401 invalid_code");
      const std::string message = std::get<Problem>(answer).message;
      if (first_message.empty()) first_message = message;
      CHECK(message == first_message);
    }
    for (const std::string token : {"r1.", "r1.AAAA.BBBB", "r1.\xff"})
      CHECK(outcome(await(accounts->identify(token, "203.0.113.1"))) == "401 invalid_token");
  }
}

TEST_CASE("who is let in hears what is left of the tightest budget and the tightest rate") {
  for (const bool redis : {false, true}) {
    CAPTURE(redis);
    Place place(redis);
    const auto accounts = place.open();
    const Caller bound = known(*accounts, place.add({.name = "bound",
                                                     .requests_per_minute = 60,
                                                     .budget = 1'000,
                                                     .daily_budget = 500,
                                                     .session_requests_per_minute = 5}));
    Reservation first = granted(*accounts, bound, 100);
    CHECK(first.standing().money == 400);
    CHECK(first.standing().rate_limit == 5);
    CHECK(first.standing().rate_left == 4);
    CHECK(first.standing().rate_reset_s == 12);
    const Reservation second = granted(*accounts, bound, 50);
    CHECK(second.standing().money == 350);
    CHECK(second.standing().rate_left == 3);
    first.settle(10, {});
    CHECK(granted(*accounts, bound, 0).standing().money == 440);
    const Caller free = known(*accounts, place.add({.name = "free"}));
    const Reservation unbound = granted(*accounts, free, 100);
    CHECK_FALSE(unbound.standing().money);
    CHECK_FALSE(unbound.standing().rate_limit);
  }
}

TEST_CASE("a session is opened with a code, works, and has its own share") {
  for (const bool redis : {false, true}) {
    CAPTURE(redis);
    Place place(redis);
    const std::string code = place.add({.name = "class", .session_budget = 100, .sessions = 2});
    const auto accounts = place.open();
    auto first = await(accounts->open_session(code, "203.0.113.1"));
    REQUIRE(outcome(first) == "granted");
    auto second = await(accounts->open_session(code, "203.0.113.1"));
    REQUIRE(outcome(second) == "granted");
    CHECK(outcome(await(accounts->open_session(code, "203.0.113.1"))) == "429 too_many_concurrent");
    CHECK(outcome(await(accounts->open_session("0000-0000-0000", "203.0.113.1"))) == "401 invalid_code");
    const Caller one = known(*accounts, std::get<OpenedSession>(first).token);
    const Caller two = known(*accounts, std::get<OpenedSession>(second).token);
    CHECK(one.session_id == std::get<OpenedSession>(first).session_id);
    CHECK(one.session_id != two.session_id);
    granted(*accounts, one, 100).settle(100, {});
    CHECK(refused(*accounts, one, 1) == "402 budget_exhausted");
    CHECK(refused(*accounts, two, 1) == "granted");
    // A token is no code: nobody opens a session with one.
    CHECK(outcome(await(accounts->open_session(std::get<OpenedSession>(first).token, "203.0.113.1"))) ==
          "401 invalid_code");
  }
}

TEST_CASE("every limit refuses with the same words in both stores") {
  struct Row {
    const char* what;
    Terms terms;
    int granted;
    const char* refusal;
  };
  const Row rows[] = {
      {"budget", {.budget = 35}, 3, "402 budget_exhausted"},
      {"day", {.daily_budget = 20}, 2, "402 budget_exhausted"},
      {"session", {.session_budget = 40}, 4, "402 budget_exhausted"},
      {"requests", {.requests = 5}, 5, "402 budget_exhausted"},
      {"rate", {.requests_per_minute = 6}, 6, "429 rate_limited"},
      {"rate of one session", {.session_requests_per_minute = 3}, 3, "429 rate_limited"},
      {"at once", {.concurrency = 2}, 2, "429 too_many_concurrent"},
      {"at once in one session", {.session_concurrency = 1}, 1, "429 too_many_concurrent"},
      {"model", {.models = {"other/*"}}, 0, "403 model_not_allowed"},
  };
  for (const bool redis : {false, true}) {
    Place place(redis);
    const auto accounts = place.open();
    for (const Row& row : rows) {
      CAPTURE(redis);
      INFO(row.what);
      const Caller caller = known(*accounts, place.add(row.terms));
      std::vector<Reservation> held;
      for (int i = 0; i < row.granted; ++i) held.push_back(granted(*accounts, caller, 10));
      CHECK(refused(*accounts, caller, 10) == row.refusal);
      CHECK(refused(*accounts, caller, 10) == row.refusal);
      const UsageView view = await(accounts->usage(caller));
      CHECK(view.at_work == row.granted);
      CHECK(view.reserved == row.granted * 10);
      CHECK(view.reserved_session == row.granted * 10);
    }
    const Caller past = known(*accounts, place.add({.expires = TimeMs{4'000'000'000'000}}));
    CHECK(refused(*accounts, past, 10) == "granted");
    CHECK(outcome(await(accounts->identify(place.add({.expires = TimeMs{1}})))) == "403 code_expired");
  }
}

TEST_CASE("settled, released and lost reservations are counted for what they are") {
  for (const bool redis : {false, true}) {
    CAPTURE(redis);
    Place place(redis);
    const std::string code = place.add({.name = "class", .requests = 10, .budget = 1'000});
    const auto accounts = place.open();
    const Caller caller = known(*accounts, code);
    granted(*accounts, caller, 100).settle(40, {.input_tokens = 5, .output_tokens = 6, .images = 1});
    granted(*accounts, caller, 100).settle(-7, {});
    granted(*accounts, caller, 100).release();
    {
      const Reservation lost = granted(*accounts, caller, 100);
    }
    CHECK(await(accounts->flush()));
    const UsageView view = await(accounts->usage(caller));
    CHECK(view.spent == 240);
    CHECK(view.spent_today == 240);
    CHECK(view.spent_session == 240);
    CHECK(view.reserved == 0);
    CHECK(view.requests == 3);
    CHECK(view.at_work == 0);
    CHECK(view.consumed.input_tokens == 5);
    CHECK(view.consumed.output_tokens == 6);
    CHECK(view.consumed.images == 1);
    const auto usage = place.codes()->usage();
    REQUIRE(usage);
    REQUIRE(usage->size() == 1);
    CHECK((*usage)[0].code == caller.code_id);
    CHECK((*usage)[0].model == "p/m");
    CHECK((*usage)[0].usage.requests == 3);
    CHECK((*usage)[0].usage.money == 240);
    CHECK((*usage)[0].usage.input_tokens == 5);
    const auto totals = place.codes()->totals();
    REQUIRE(totals);
    REQUIRE(totals->size() == 1);
    CHECK((*totals)[0].spent == 240);
    CHECK((*totals)[0].requests == 3);
  }
}

TEST_CASE("T8: a thousand coroutines at once on one budget never overshoot") {
  for (const bool redis : {false, true}) {
    CAPTURE(redis);
    Place place(redis);
    const std::string code = place.add({.requests = 700, .budget = 50'000});
    const auto accounts = place.open();
    const Caller caller = known(*accounts, code);
    boost::asio::io_context loop;
    MicroUsd truly_spent = 0;
    int answered = 0;
    std::vector<Reservation> at_work;
    for (int i = 0; i < 1'000; ++i) {
      boost::asio::co_spawn(
          loop,
          [](Accounts& to, const Caller& who, int number, MicroUsd& spent, int& count,
             std::vector<Reservation>& held) -> boost::asio::awaitable<void> {
            auto answer = co_await to.reserve(who, "p/m", 20 + number % 150);
            ++count;
            if (std::holds_alternative<Problem>(answer)) co_return;
            Reservation one = std::get<Reservation>(std::move(answer));
            if (number % 5 == 0) {
              one.release();
            } else if (number % 3 == 0) {
              spent += one.ceiling();
              held.push_back(std::move(one));
            } else {
              spent += number % 20;
              one.settle(number % 20, {});
            }
          }(*accounts, caller, i, truly_spent, answered, at_work),
          [](std::exception_ptr error) { CHECK(!error); });
    }
    loop.run_for(std::chrono::seconds(60));
    CHECK(answered == 1'000);
    CHECK(await(accounts->flush()));
    UsageView view = await(accounts->usage(caller));
    CHECK(view.spent + view.reserved <= 50'000);
    CHECK(view.spent + view.reserved == truly_spent);
    at_work.clear();
    CHECK(await(accounts->flush()));
    view = await(accounts->usage(caller));
    CHECK(view.spent == truly_spent);
    CHECK(view.reserved == 0);
    CHECK(view.at_work == 0);
  }
}

TEST_CASE(
    "T6: a code that is added is known at once, one that is switched off is refused within a second, and its "
    "sessions stay dead") {
  for (const bool redis : {false, true}) {
    CAPTURE(redis);
    Place place(redis);
    const auto accounts = place.open();
    const std::string code = place.add({.name = "class"});  // while the server runs, as by another process
    const Caller caller = known(*accounts, code);
    const auto opened = await(accounts->open_session(code, "203.0.113.1"));
    const std::string token = std::get<OpenedSession>(opened).token;
    known(*accounts, token);

    REQUIRE(place.codes()->set_disabled(caller.code_id, true));
    CHECK(refused(*accounts, caller, 1) == "403 code_disabled");  // money at once
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (outcome(await(accounts->identify(token))) == "granted" && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(outcome(await(accounts->identify(token))) == "403 code_disabled");
    CHECK(outcome(await(accounts->identify(code))) == "403 code_disabled");
    CHECK(outcome(await(accounts->open_session(code, ""))) == "403 code_disabled");

    REQUIRE(place.codes()->set_disabled(caller.code_id, false));
    const auto again = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (outcome(await(accounts->identify(code))) != "granted" && std::chrono::steady_clock::now() < again)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(outcome(await(accounts->identify(code))) == "granted");
    CHECK(outcome(await(accounts->identify(token))) == "401 token_expired");
  }
}

TEST_CASE("a restart remembers sessions, money, requests and usage to the millionth") {
  for (const bool redis : {false, true}) {
    CAPTURE(redis);
    Place place(redis);
    const std::string code =
        place.add({.requests = 20, .budget = 1'000'000, .session_budget = 500, .sessions = 1});
    std::string token;
    {
      const auto accounts = place.open();
      token = std::get<OpenedSession>(await(accounts->open_session(code, ""))).token;
      granted(*accounts, known(*accounts, token), 400).settle(123, {.input_tokens = 9});
    }
    const auto accounts = place.open();
    const Caller caller = known(*accounts, token);
    const UsageView view = await(accounts->usage(caller));
    CHECK(view.spent == 123);
    CHECK(view.spent_session == 123);
    CHECK(view.spent_today == 123);
    CHECK(view.requests == 1);
    CHECK(view.consumed.input_tokens == 9);
    CHECK(outcome(await(accounts->open_session(code, ""))) == "429 too_many_concurrent");
    CHECK(refused(*accounts, caller, 378) == "402 budget_exhausted");
    CHECK(refused(*accounts, caller, 377) == "granted");
  }
}

TEST_CASE("a word from the environment is a code for the process that was given it, and for no other") {
  for (const bool redis : {false, true}) {
    CAPTURE(redis);
    Place place(redis);
    {
      const auto accounts = place.open();
      REQUIRE(accounts->ensure_code("  blue-heron-42\n", {.name = "word", .budget = 100}));
      const Caller caller = known(*accounts, "blue-heron-42");
      CHECK(outcome(await(accounts->identify("Blue-Heron-42"))) == "401 invalid_code");
      granted(*accounts, caller, 60).settle(60, {});
      CHECK(!accounts->ensure_code("  ", {}));
    }
    {
      const auto accounts = place.open();
      REQUIRE(accounts->ensure_code("blue-heron-42", {.name = "word", .budget = 100}));
      CHECK(refused(*accounts, known(*accounts, "blue-heron-42"), 41) == "402 budget_exhausted");
    }
    const auto accounts = place.open();
    REQUIRE(accounts->ensure_code("another word", {.name = "word"}));
    CHECK(outcome(await(accounts->identify("blue-heron-42"))) == "401 invalid_code");
    CHECK(outcome(await(accounts->identify("another word"))) == "granted");
  }
}

TEST_CASE("T5: after ten wrong codes an address waits; words wait with it, made codes and tokens do not") {
  Place place(false);
  const std::string code = place.add({});
  const auto accounts = place.open();
  REQUIRE(accounts->ensure_code("blue-heron-42", {}));
  const std::string token = std::get<OpenedSession>(await(accounts->open_session(code, "203.0.113.1"))).token;
  for (int i = 0; i < 10; ++i)
    CHECK(outcome(await(accounts->open_session("wrong", "203.0.113.1"))) == "401 invalid_code");
  const auto limited = await(accounts->identify("wrong", "203.0.113.1"));
  CHECK(outcome(limited) == "429 rate_limited");
  CHECK(std::get<Problem>(limited).retry_after_s.value_or(0) >= 1);
  CHECK(outcome(await(accounts->identify("blue-heron-42", "203.0.113.1"))) == "429 rate_limited");
  CHECK(outcome(await(accounts->identify("blue-heron-42", "203.0.113.2"))) == "granted");
  CHECK(outcome(await(accounts->identify(code, "203.0.113.1"))) == "granted");
  CHECK(outcome(await(accounts->identify(token, "203.0.113.1"))) == "granted");
}

TEST_CASE("without a folder accounts work from memory, and say so") {
  auto made = make_embedded_accounts({});
  REQUIRE(made);
  Accounts& accounts = **made;
  CHECK(accounts.description().find("memory only") != std::string::npos);
  CHECK(!accounts.ensure_code(" ", {}));
  CHECK(outcome(await(accounts.identify(""))) == "401 invalid_code");
  REQUIRE(accounts.ensure_code("blue-heron-42", {.budget = 100}));
  const Caller caller = known(accounts, "blue-heron-42");
  granted(accounts, caller, 60).settle(60, {});
  CHECK(refused(accounts, caller, 41) == "402 budget_exhausted");
  const auto opened = await(accounts.open_session("blue-heron-42", ""));
  CHECK(known(accounts, std::get<OpenedSession>(opened).token).code_id == caller.code_id);
  CHECK(await(accounts.flush()));
}

TEST_CASE("a user's own provider key is counted nowhere") {
  auto made = make_embedded_accounts({});
  REQUIRE(made);
  const Caller caller{.code_id = std::string(own_key_id), .terms = std::make_shared<const Terms>()};
  CHECK(refused(**made, caller, 1'000'000'000) == "granted");
}

TEST_CASE("T26: nothing is granted above the mark before the mark is on disk") {
  Place place(false);
  const std::string code = place.add({.budget = 1'000'000});
  const auto accounts = place.open();
  const Caller caller = known(*accounts, code);
  auto other = Database::open(place.folder() + "/relay.sqlite");
  REQUIRE(other);
  REQUIRE(other->execute("BEGIN IMMEDIATE"));  // nobody else can write now

  boost::asio::io_context loop;
  std::optional<std::variant<Reservation, Problem>> answer;
  boost::asio::co_spawn(loop, keep(accounts->reserve(caller, "p/m", 100), answer),
                        [](std::exception_ptr e) { CHECK(!e); });
  loop.run_for(std::chrono::milliseconds(300));
  CHECK(!answer);
  REQUIRE(other->execute("ROLLBACK"));
  loop.run_for(std::chrono::seconds(20));
  REQUIRE(answer);
  REQUIRE(outcome(*answer) == "granted");

  // Below the mark nobody waits for the disk.
  REQUIRE(other->execute("BEGIN IMMEDIATE"));
  const auto start = std::chrono::steady_clock::now();
  CHECK(refused(*accounts, caller, 100) == "granted");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
  REQUIRE(other->execute("ROLLBACK"));
}

TEST_CASE("while the books cannot be written nothing new is spent, and nothing is lost of what was") {
  Place place(false);
  const std::string code = place.add({.requests = 100, .budget = 1'000'000});
  auto accounts = place.open();
  const Caller caller = known(*accounts, code);
  granted(*accounts, caller, 100).settle(70, {.input_tokens = 3});
  auto other = Database::open(place.folder() + "/relay.sqlite");
  REQUIRE(other);
  REQUIRE(other->execute("BEGIN IMMEDIATE"));
  CHECK(refused(*accounts, caller, 500'000) == "503 overloaded");  // after SQLite's five seconds
  const UsageView view = await(accounts->usage(caller));
  CHECK(view.reserved == 0);
  CHECK(view.at_work == 0);
  CHECK(view.spent == 70);
  REQUIRE(other->execute("ROLLBACK"));
  CHECK(refused(*accounts, caller, 500'000) == "granted");
  accounts.reset();
  accounts = place.open();
  const UsageView after = await(accounts->usage(caller));
  CHECK(after.spent == 500'070);
  CHECK(after.consumed.input_tokens == 3);
}
