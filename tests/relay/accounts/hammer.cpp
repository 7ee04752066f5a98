// Spends through the accounts as fast as it can until somebody kills it, and says what it did in shared
// memory, which outlives it. For the tests of crashes and of several relays on one Redis.
//   accounts_hammer FOLDER|redis://… CODE TALLY
#include <cstdio>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>
#include <unistd.h>

#include "relay/accounts/accounts.hpp"
#include "tests/relay/accounts/await.hpp"
#include "tests/relay/accounts/tally.hpp"

using namespace vignette::relay;
using boost::asio::awaitable;

namespace {

Tally* tally_at(const char* path) {
  const int file = open(path, O_RDWR);
  void* memory =
      file < 0 ? MAP_FAILED : mmap(nullptr, sizeof(Tally), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<Tally*>(memory);
}

// One client: asks, holds what it got for a while, and ends it in one of the three ways. The order of the
// tally's lines matters: at any instant `dispatched - given_back` is at most what the provider may have been
// paid.
awaitable<void> client(Accounts& accounts, Caller caller, Tally& tally, unsigned seed) {
  std::mt19937 random(seed);
  while (tally.stop == 0) {
    const MicroUsd ceiling = std::uniform_int_distribution<MicroUsd>(1, 2'000)(random);
    auto answer = co_await accounts.reserve(caller, "p/m", ceiling);
    if (const auto* problem = std::get_if<Problem>(&answer)) {
      ++(problem->status == 402 ? tally.refused : tally.failed);
      continue;
    }
    Reservation one = std::get<Reservation>(std::move(answer));
    tally.dispatched += ceiling;
    ++tally.requests;
    while (random() % 4 != 0) co_await boost::asio::post(boost::asio::use_awaitable);  // others have a turn
    const MicroUsd actual = std::uniform_int_distribution<MicroUsd>(0, ceiling)(random);
    if (random() % 10 == 0) {
      tally.given_back += ceiling;
      --tally.requests;
      one.release();
    } else {
      tally.given_back += ceiling - actual;
      one.settle(actual, {.input_tokens = 1});
    }
  }
}

}  // namespace

int main(int count, char** values) {
  Tally* tally = count == 4 ? tally_at(values[3]) : nullptr;
  if (tally == nullptr) return 2;
  const std::string place = values[1];
  auto made = place.starts_with("redis://") ? make_redis_accounts(place, {})
                                            : make_embedded_accounts({.folder = place});
  if (!made) {
    std::fprintf(stderr, "%s\n", made.error().message.c_str());
    return 1;
  }
  auto accounts = *std::move(made);
  auto caller = await(accounts->identify(values[2]));
  if (std::holds_alternative<Problem>(caller)) return 3;
  boost::asio::io_context loop;
  for (unsigned i = 0; i < 16; ++i) {
    boost::asio::co_spawn(
        loop, client(*accounts, std::get<Caller>(caller), *tally, i + static_cast<unsigned>(getpid())),
        [](std::exception_ptr error) {
          if (error) std::rethrow_exception(error);
        });
  }
  ++tally->ready;
  loop.run();
  return await(accounts->flush()) ? 0 : 4;
}
