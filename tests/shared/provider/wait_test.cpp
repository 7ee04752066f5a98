#include "shared/provider/wait.hpp"

#include <doctest/doctest.h>

#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

TEST_CASE("durations are read in all their spellings") {
  CHECK(duration_ms("6m0s") == 360'000);
  CHECK(duration_ms("1.5s") == 1'500);
  CHECK(duration_ms("120ms") == 120);
  CHECK(duration_ms("2m59.56s") == 179'560);
  CHECK(duration_ms("46s") == 46'000);
  CHECK(duration_ms("1h2m3s") == 3'723'000);
  CHECK(duration_ms("~30s") == 30'000);
  for (const char* nonsense : {"", "s", "5", "1x", "-3s", "99999999999999999999h", "1.2.3s"})
    CHECK_FALSE(duration_ms(nonsense).has_value());
}

TEST_CASE("the wait is found wherever it hides") {
  const auto wait = [](std::vector<Header> headers, const char* body = "{}", TimeMs now = 0) {
    const HttpReply reply = reply_of(429, body, std::move(headers));
    return read_error(reply, now).retry_after_ms.value_or(-1);
  };
  CHECK(wait({{"Retry-After-Ms", "1234.5"}, {"Retry-After", "9"}}) == 1235);
  CHECK(wait({{"retry-after", "2.5"}}) == 2500);
  const TimeMs now = *date_ms("Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(now == 784'111'777'000);
  CHECK(wait({{"Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT"}}, "{}", now) == 3000);
  CHECK(wait({{"Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT"}}) == -1);
  CHECK(wait({}, R"({"error":{"message":"Please try again in 7.66s."}})") == 7660);
  CHECK(wait({}, R"({"error":{"message":"Please try again in 2m3.5s."}})") == 123'500);
  CHECK(wait({}, R"({"error":{"message":"retry after 30 seconds"}})") == 30'000);
  CHECK(wait({{"x-ratelimit-remaining-requests", "3"},
              {"x-ratelimit-reset-requests", "6m0s"},
              {"x-ratelimit-remaining-tokens", "0"},
              {"x-ratelimit-reset-tokens", "120ms"}}) == 120);
  CHECK(wait({{"anthropic-ratelimit-tokens-remaining", "0"},
              {"anthropic-ratelimit-tokens-reset", "1994-11-06T08:49:47Z"}},
             "{}", now) == 10'000);
  CHECK(wait({{"Retry-After", "soon"}}) == -1);
}
