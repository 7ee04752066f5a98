#include "shared/caption/failure.hpp"

#include <doctest/doctest.h>

#include "shared/provider/wait.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

CallFailure of_status(int status, std::vector<provider::Header> headers = {}, const char* body = "{}") {
  return failure_from(provider::read_error(provider::reply_of(status, body, std::move(headers))));
}

}  // namespace

TEST_CASE("statuses are retried or not as the contract says") {
  for (const int status : {429, 408, 500, 502, 503, 504, 529}) {
    CAPTURE(status);
    CHECK(is_retried(of_status(status).failure));
  }
  for (const int status : {400, 401, 403, 404, 413}) {
    CAPTURE(status);
    CHECK_FALSE(is_retried(of_status(status).failure));
  }
  CHECK(of_status(413).failure == Failure::TooLarge);
  CHECK(of_status(401).failure == Failure::BadKey);
  CHECK(concerns_all(Failure::BadKey));
  CHECK_FALSE(concerns_all(Failure::Refused));
  CHECK(of_status(429, {{"Retry-After", "2"}}).retry_after_ms == 2'000);
}

TEST_CASE("every failure has a name and a sentence") {
  for (int i = 0; i <= static_cast<int>(Failure::Cancelled); ++i) {
    CHECK_FALSE(std::string(name_of(static_cast<Failure>(i))).empty());
    CHECK(std::string(sentence_for(static_cast<Failure>(i))).ends_with('.'));
  }
  CHECK(std::string(name_of(Failure::Cancelled)) == "cancelled");
}

TEST_CASE("what a provider says about its limits is read in its several spellings") {
  const auto hint = [](std::vector<provider::Header> headers) {
    const std::optional<RateHint> read = rate_hint_of(provider::reply_of(200, "", std::move(headers)),
                                                      *provider::date_ms("2026-11-21T10:00:00Z"));
    return read ? std::to_string(read->remaining) + " for " + std::to_string(read->reset_ms) : "";
  };
  CHECK(hint({{"x-ratelimit-remaining-requests", "3"}, {"x-ratelimit-reset-requests", "1m30s"}}) ==
        "3 for 90000");
  CHECK(hint({{"RateLimit-Remaining", "0"}, {"RateLimit-Reset", "12"}}) == "0 for 12000");
  CHECK(hint({{"anthropic-ratelimit-requests-remaining", "7"},
              {"anthropic-ratelimit-requests-reset", "2026-11-21T10:00:05Z"}}) == "7 for 5000");
  CHECK(hint({}).empty());
  CHECK(hint({{"RateLimit-Remaining", "x"}, {"RateLimit-Reset", "12"}}).empty());
  CHECK(hint({{"RateLimit-Remaining", "1"}}).empty());
}
