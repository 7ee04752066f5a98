#include "shared/local/kinds.hpp"

#include <doctest/doctest.h>

using namespace vignette::local;

TEST_CASE("labels know what they are a sort of") {
  CHECK(kind_of_label(0) == "");
  CHECK(kind_of_label(1) == "animal");    // tench
  CHECK(kind_of_label(163) == "dog");     // beagle
  CHECK(kind_of_label(270) == "animal");  // timber wolf
  CHECK(kind_of_label(282) == "cat");     // tabby
  CHECK(kind_of_label(398) == "animal");
  CHECK(kind_of_label(399) == "");
  CHECK(kind_of_label(671) == "motorcycle");
  CHECK(kind_of_label(5000) == "");
}
