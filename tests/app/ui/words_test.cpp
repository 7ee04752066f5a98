#include "wasm/ui/words.hpp"

#include <doctest/doctest.h>

using namespace vignette::ui;

TEST_CASE("numbers have separators and nouns their form") {
  CHECK(number(0) == "0");
  CHECK(number(999) == "999");
  CHECK(number(1000) == "1,000");
  CHECK(number(1234567) == "1,234,567");
  CHECK(number(-1000) == "-1,000");
  CHECK(counted(1, "picture", "pictures") == "1 picture");
  CHECK(counted(12'000, "picture", "pictures") == "12,000 pictures");
}
