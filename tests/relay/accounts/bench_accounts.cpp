// How long the accounts take, one JSON line a figure. Not a test: cmake --build … --target bench_accounts, in
// Release.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <variant>

#include "tests/relay/accounts/await.hpp"
#include "tests/relay/accounts/places.hpp"

using namespace vignette::relay;
using boost::asio::awaitable;

namespace {

constexpr int rounds = 400'000;

// By the clock and by the CPU time of this thread: other work on the machine shows in the first alone.
class Watch {
 public:
  void print(const std::string& what, int count) const {
    const double wall =
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start_).count() / count;
    const double cpu = (cpu_us() - cpu_) / count;
    std::printf(R"({"what":"%s","us":%.3f,"cpu_us":%.3f,"per_second_of_cpu":%.0f})"
                "\n",
                what.c_str(), wall, cpu, 1e6 / cpu);
  }

 private:
  static double cpu_us() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
  }
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_ = cpu_us();
};

awaitable<int> spend(Accounts& accounts, const Caller& caller, int count) {
  for (int i = 0; i < count; ++i) {
    auto answer = co_await accounts.reserve(caller, "gemini/gemini-2.5-flash", 1'000);
    std::get<Reservation>(answer).settle(400, {.input_tokens = 258, .output_tokens = 40});
  }
  co_return count;
}

awaitable<int> identify(Accounts& accounts, const std::string& bearer, int count) {
  int known = 0;
  for (int i = 0; i < count; ++i) {
    const auto answer = co_await accounts.identify(bearer, "203.0.113.7");
    known += std::holds_alternative<Caller>(answer) ? 1 : 0;
  }
  co_return known;
}

void measure(const char* name, Place& place, int count) {
  const std::string code = place.add({.name = "class",
                                      .models = {"gemini/*"},
                                      .requests_per_minute = 100'000'000,
                                      .concurrency = 100,
                                      .requests = 1'000'000'000,
                                      .budget = 1'000'000'000'000,
                                      .daily_budget = 1'000'000'000'000,
                                      .session_budget = 1'000'000'000'000});
  const auto accounts = place.open();
  const std::string token = std::get<OpenedSession>(await(accounts->open_session(code, ""))).token;
  const Caller caller = std::get<Caller>(await(accounts->identify(token)));
  const Watch spending;
  await(spend(*accounts, caller, count));
  spending.print(std::string(name) + " reserve and settle", count);
  const Watch tokens;
  await(identify(*accounts, token, rounds));
  tokens.print(std::string(name) + " identify a token", rounds);
  const Watch codes;
  await(identify(*accounts, code, rounds));
  codes.print(std::string(name) + " identify a code", rounds);
}

}  // namespace

int main() {
  Place folder(false);
  measure("embedded", folder, rounds);
  Place redis(true);
  measure("redis, one at a time", redis, 5'000);
}
