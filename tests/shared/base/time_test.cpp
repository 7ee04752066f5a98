#include "shared/base/time.hpp"

#include <doctest/doctest.h>

using namespace vignette;

TEST_CASE("times format as ISO 8601, before 1970 and across leap days too") {
  CHECK(format_iso8601(0) == "1970-01-01T00:00:00Z");
  CHECK(format_iso8601(951'827'696'000) == "2000-02-29T12:34:56Z");
  CHECK(format_iso8601(-1000) == "1969-12-31T23:59:59Z");
  CHECK(format_iso8601(4'107'542'400'000) == "2100-03-01T00:00:00Z");
}

TEST_CASE("civil time and milliseconds are inverse over four centuries") {
  for (TimeMs t = -6'000'000'000'000; t < 6'000'000'000'000; t += 86'399'000'000) {
    CHECK(time_from(civil_from(t)) == t - ((t % 1000) + 1000) % 1000);
  }
}

TEST_CASE("sizes read as a file manager shows them") {
  CHECK(format_bytes(1) == "1 byte");
  CHECK(format_bytes(999) == "999 bytes");
  CHECK(format_bytes(1400) == "1.4 KB");
  CHECK(format_bytes(999'600) == "1.0 MB");
  CHECK(format_bytes(3'200'000'000) == "3.2 GB");
}
