// What only Redis can do to us: die, come back, forget, and bury a relay's reservations.
#include <chrono>
#include <doctest/doctest.h>
#include <thread>

#include "relay/accounts/redis_connection.hpp"
#include "relay/accounts/redis_scripts.hpp"
#include "tests/relay/accounts/await.hpp"
#include "tests/relay/accounts/places.hpp"

using namespace vignette;
using namespace vignette::relay;

TEST_CASE("the address of Redis is read from its URL, and nothing doubtful is guessed") {
  struct Row {
    const char* url;
    const char* host;
    int port;
    const char* user;
    const char* password;
    const char* database;
  };
  const Row rows[] = {{"redis://cache", "cache", 6379, "", "", "0"},
                      {"redis://127.0.0.1:7000/3", "127.0.0.1", 7000, "", "", "3"},
                      {"redis://:p@ss:w@h:1/", "h", 1, "", "p@ss:w", "0"},
                      {"redis://me:secret@[::1]:7000", "::1", 7000, "me", "secret", "0"},
                      {"redis://[::1]", "::1", 6379, "", "", "0"}};
  for (const Row& row : rows) {
    INFO(row.url);
    const auto address = parse_redis_url(row.url);
    REQUIRE(address);
    CHECK(address->host == row.host);
    CHECK(address->port == row.port);
    CHECK(address->user == row.user);
    CHECK(address->password == row.password);
    CHECK(address->database == row.database);
  }
  for (const char* url : {"", "cache:6379", "http://cache", "rediss://cache", "redis://", "redis://:6379",
                          "redis://h:port", "redis://me@h"}) {
    INFO(url);
    CHECK(!parse_redis_url(url));
  }
}

TEST_CASE("where Redis is not there the relay does not start, and says why") {
  const auto accounts = make_redis_accounts("redis://127.0.0.1:1", {});
  REQUIRE(!accounts);
  CHECK(accounts.error().message.find("Redis") != std::string::npos);
}

TEST_CASE("while Redis is away nothing is spent; what was settled meanwhile is told when it is back") {
  Place place(true);
  const std::string code = place.add({.budget = 1'000});
  const auto accounts = place.open();
  const Caller caller = std::get<Caller>(await(accounts->identify(code)));
  place.redis().stop();
  const auto refused = await(accounts->reserve(caller, "p/m", 10));
  REQUIRE(std::holds_alternative<Problem>(refused));
  CHECK(std::get<Problem>(refused).status == 503);
  CHECK(std::get<Problem>(refused).retry_after_s);
  CHECK(std::get<Problem>(await(accounts->identify("0000-0000-0000"))).status == 503);
  CHECK(!await(accounts->flush()));
  CHECK(std::holds_alternative<Caller>(await(accounts->identify(code))));

  place.redis().start();  // empty: as after a loss
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!await(accounts->flush())) REQUIRE(std::chrono::steady_clock::now() < end);
  CHECK(std::get<Problem>(await(accounts->reserve(caller, "p/m", 10))).status == 401);
  const std::string fresh = place.add({.budget = 1'000});
  CHECK(std::holds_alternative<Caller>(await(accounts->identify(fresh))));
}

TEST_CASE("forgotten scripts are loaded again") {
  Place place(true);
  const std::string code = place.add({});
  const auto accounts = place.open();
  const Caller caller = std::get<Caller>(await(accounts->identify(code)));
  RedisConnection other(*parse_redis_url(place.redis().url()));
  REQUIRE(other.open());
  REQUIRE(!other.ask({"SCRIPT", "FLUSH"}).failed);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::holds_alternative<Problem>(await(accounts->reserve(caller, "p/m", 10))))
    REQUIRE(std::chrono::steady_clock::now() < end);
}

TEST_CASE("what a dead relay held costs its ceiling, and its places at work come free") {
  Place place(true);
  const std::string code = place.add({.concurrency = 1, .budget = 1'000});
  const auto living = place.open();
  const Caller caller = std::get<Caller>(await(living->identify(code)));
  RedisConnection other(*parse_redis_url(place.redis().url()));
  REQUIRE(other.open());
  // A relay that reserved and was never heard of again.
  const RedisAnswer held =
      other.ask(reserve_script.call({caller.code_id, "", "300", "reservation", "dead", ""}));
  REQUIRE(held.items.size() == 6);
  REQUIRE(held.items[0].text == "ok");
  CHECK(std::get<Problem>(await(living->reserve(caller, "p/m", 1))).code == "too_many_concurrent");
  CHECK(other.ask(beat_script.call({"living", "30000"})).integer == 0);  // not yet
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  CHECK(other.ask(beat_script.call({"living", "20"})).integer == 1);
  const UsageView view = await(living->usage(caller));
  CHECK(view.spent == 300);
  CHECK(view.reserved == 0);
  CHECK(view.at_work == 0);
  // Should it wake up after all, its own word changes nothing any more.
  CHECK(other.ask(finish_script.call({"dead", "reservation", "1", "p/m", "0", "0", "0"})).integer == 0);
  CHECK(await(living->usage(caller)).spent == 300);
  CHECK(std::holds_alternative<Reservation>(await(living->reserve(caller, "p/m", 1))));
}

TEST_CASE("two relays share sessions and their keys") {
  Place place(true);
  const std::string code = place.add({.sessions = 1});
  const auto one = place.open();
  const auto two = place.open();
  const auto opened = await(one->open_session(code, ""));
  REQUIRE(std::holds_alternative<OpenedSession>(opened));
  CHECK(std::holds_alternative<Caller>(await(two->identify(std::get<OpenedSession>(opened).token))));
  CHECK(std::get<Problem>(await(two->open_session(code, ""))).status == 429);
}
