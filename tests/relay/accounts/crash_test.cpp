// T26: a relay that is killed never un-spends. Several relays on one Redis never overshoot.
#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <new>
#include <random>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>

#include "tests/relay/accounts/await.hpp"
#include "tests/relay/accounts/places.hpp"
#include "tests/relay/accounts/tally.hpp"

using namespace vignette;
using namespace vignette::relay;
using namespace std::chrono_literals;

namespace {

class SharedTally {
 public:
  explicit SharedTally(const std::string& path_of_file) : path(path_of_file) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT, 0600);
    REQUIRE(ftruncate(file, sizeof(Tally)) == 0);
    tally_ = new (mmap(nullptr, sizeof(Tally), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)) Tally;
    close(file);
  }
  ~SharedTally() { munmap(tally_, sizeof(Tally)); }
  Tally* operator->() const { return tally_; }
  const std::string path;

 private:
  Tally* tally_;
};

template <class Condition>
void wait_until(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + 30s;
  while (!condition()) {
    REQUIRE(std::chrono::steady_clock::now() < end);
    std::this_thread::sleep_for(1ms);
  }
}

UsageView recorded(Place& place, const std::string& code) {
  const auto accounts = place.open();
  auto caller = await(accounts->identify(code));
  REQUIRE(std::holds_alternative<Caller>(caller));
  return await(accounts->usage(std::get<Caller>(caller)));
}

}  // namespace

TEST_CASE("T26: killed at 100 random moments under load, a relay never forgets what may have been spent") {
  constexpr MicroUsd cap = 2'000'000'000;
  std::mt19937 random(26);
  MicroUsd worst_excess = 0;
  std::int64_t requests = 0;
  for (int round = 0; round < 5; ++round) {  // each crash may cost a percent, so not all on one budget
    TemporaryFolder tallies;
    const SharedTally tally(tallies.path + "/tally");
    Place place(false);
    const std::string code = place.add({.name = "class", .requests = 10'000'000, .budget = cap});
    MicroUsd before = 0;
    for (int kill = 0; kill < 20; ++kill) {
      const MicroUsd truth_before = tally->dispatched - tally->given_back;
      const MicroUsd given_back_before = tally->given_back;
      const std::int64_t ready = tally->ready;
      {
        Child hammer(ACCOUNTS_HAMMER, {place.folder(), code, tally.path});
        wait_until([&] { return tally->ready > ready; });
        // Half of them in the first moments, where the marks are raised.
        std::this_thread::sleep_for(std::chrono::microseconds(random() % (kill % 2 == 0 ? 60'000 : 2'000)));
        hammer.end(SIGKILL);
      }
      const MicroUsd truth = tally->dispatched - tally->given_back;
      const UsageView view = recorded(place, code);
      INFO("round " << round << ", kill " << kill);
      REQUIRE(view.spent >= truth);
      REQUIRE(view.requests >= tally->requests);
      REQUIRE(view.spent <= cap);
      REQUIRE(view.reserved == 0);
      // The block ahead of use, and what was given back since the journal's last round.
      const MicroUsd excess = (view.spent - before) - (truth - truth_before);
      worst_excess = std::max(worst_excess, excess);
      REQUIRE(excess <= cap / 100 + (tally->given_back - given_back_before) + 16 * 2'000);
      before = view.spent;
    }
    requests += tally->requests;
    CHECK(tally->failed == 0);
  }
  CHECK(requests > 1'000);
  MESSAGE(requests << " requests; the worst crash cost " << worst_excess << " of " << cap
                   << " more than was spent");
}

TEST_CASE("T26: a budget that runs out between crashes is never passed") {
  constexpr MicroUsd cap = 3'000'000;
  TemporaryFolder tallies;
  const SharedTally tally(tallies.path + "/tally");
  Place place(false);
  const std::string code = place.add({.budget = cap});
  for (int kill = 0; kill < 10; ++kill) {
    const std::int64_t ready = tally->ready;
    Child hammer(ACCOUNTS_HAMMER, {place.folder(), code, tally.path});
    wait_until([&] { return tally->ready > ready; });
    const std::int64_t refused = tally->refused;
    const std::int64_t requests = tally->requests;
    wait_until([&] { return tally->refused > refused + 10 || tally->requests > requests + 300; });
    hammer.end(SIGKILL);
    REQUIRE(tally->dispatched - tally->given_back <= cap);
  }
  const UsageView view = recorded(place, code);
  CHECK(view.spent >= tally->dispatched - tally->given_back);
  CHECK(view.spent <= cap);
}

TEST_CASE("two relays cannot serve one data folder") {
  Place place(false);
  const auto first = place.open();
  const auto second = make_embedded_accounts({.folder = place.folder()});
  REQUIRE(!second);
  CHECK(second.error().message.find("Another relay") != std::string::npos);
}

TEST_CASE("two relays on one Redis never overshoot, and one that is killed has spent what it held") {
  constexpr MicroUsd cap = 4'000'000;
  TemporaryFolder tallies;
  const SharedTally first(tallies.path + "/first");
  const SharedTally second(tallies.path + "/second");
  Place place(true);
  const std::string code = place.add({.requests = 1'000'000, .budget = cap});
  Child one(ACCOUNTS_HAMMER, {place.redis().url(), code, first.path});
  Child two(ACCOUNTS_HAMMER, {place.redis().url(), code, second.path});
  const auto truth = [&] {
    return first->dispatched - first->given_back + second->dispatched - second->given_back;
  };
  wait_until([&] { return first->requests > 200 && second->requests > 200; });
  one.end(SIGKILL);
  wait_until([&] { return second->refused > 100; });
  second->stop = 1;
  CHECK(two.wait() == 0);
  CHECK(truth() <= cap);
  const UsageView view = recorded(place, code);
  CHECK(view.spent + view.reserved <= cap);
  CHECK(view.spent + view.reserved >= truth());  // what the dead one held is still set aside
  CHECK(first->failed + second->failed == 0);
}

TEST_CASE("both relays on one Redis stop: to the millionth, what is recorded is what was spent") {
  constexpr MicroUsd cap = 3'000'000;
  TemporaryFolder tallies;
  const SharedTally tally(tallies.path + "/both");
  Place place(true);
  const std::string code = place.add({.budget = cap});
  Child one(ACCOUNTS_HAMMER, {place.redis().url(), code, tally.path});
  Child two(ACCOUNTS_HAMMER, {place.redis().url(), code, tally.path});
  wait_until([&] { return tally->refused > 100; });
  tally->stop = 1;
  CHECK(one.wait() == 0);
  CHECK(two.wait() == 0);
  const UsageView view = recorded(place, code);
  CHECK(view.spent == tally->dispatched - tally->given_back);
  CHECK(view.requests == tally->requests);
  CHECK(view.reserved == 0);
  CHECK(view.at_work == 0);
  CHECK(view.spent <= cap);
}
