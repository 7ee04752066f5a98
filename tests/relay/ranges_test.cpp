#include "relay/routes/ranges.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace vignette::relay;

namespace {

std::string chosen(std::string_view range, std::uint64_t size) {
  const RangeChoice choice = choose_range(range, size);
  if (std::holds_alternative<WholeFile>(choice)) return "whole";
  if (std::holds_alternative<Unsatisfiable>(choice)) return "416";
  const auto& part = std::get<ByteRange>(choice);
  return std::to_string(part.first) + "-" + std::to_string(part.last);
}

}  // namespace

TEST_CASE("a range is cut to what the file has") {
  CHECK(chosen("bytes=0-0", 100) == "0-0");
  CHECK(chosen("bytes=10-19", 100) == "10-19");
  CHECK(chosen("bytes=90-", 100) == "90-99");
  CHECK(chosen("bytes=90-1000", 100) == "90-99");
  CHECK(chosen("bytes=-10", 100) == "90-99");
  CHECK(chosen("bytes=-1000", 100) == "0-99");
  CHECK(chosen("Bytes= 5-6", 100) == "5-6");
  CHECK(chosen("bytes=4294967296-4294967297", 5'000'000'000) == "4294967296-4294967297");
  CHECK(chosen("bytes=0-99999999999999999999999", 100) == "0-99");
  CHECK(chosen("bytes=-99999999999999999999999", 100) == "0-99");
}

TEST_CASE("a range behind the end cannot be satisfied") {
  CHECK(chosen("bytes=100-", 100) == "416");
  CHECK(chosen("bytes=100-200", 100) == "416");
  CHECK(chosen("bytes=99999999999999999999999-", 100) == "416");
  CHECK(chosen("bytes=-0", 100) == "416");
  CHECK(chosen("bytes=0-", 0) == "416");
  CHECK(chosen("bytes=-1", 0) == "416");
}

TEST_CASE("a range we do not understand, or several, means the whole file") {
  for (const char* range :
       {"", "bytes", "bytes=", "bytes=-", "bytes=5", "bytes=5-4", "bytes=a-b", "bytes=1-2,4-5", "items=0-1",
        "bytes=+1-2", "bytes=0x0-1", "bytes=1--2", "bytes=1 -2"}) {
    CAPTURE(std::string(range));
    CHECK(chosen(range, 100) == "whole");
  }
}
