#include "relay/http/http_date.hpp"

#include <doctest/doctest.h>

using namespace vignette::relay;

TEST_CASE("a date is written as HTTP wants it") {
  CHECK(format_http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(format_http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(format_http_date(1709210096) == "Thu, 29 Feb 2024 12:34:56 GMT");
  CHECK(format_http_date(-1) == "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST_CASE("a written date reads back as the same second") {
  for (std::int64_t t = 0; t < 4'000'000'000; t += 86'400 * 37 + 12'345)
    CHECK(parse_http_date(format_http_date(t)) == t);
}

TEST_CASE("anything else is no date") {
  for (const char* text :
       {"", "Sun, 06 Nov 1994 08:49:37", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:60 GMT",
        "Thu, 31 Feb 2024 00:00:00 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 -8:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(parse_http_date(text).has_value());
  }
}
