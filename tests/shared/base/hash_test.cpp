#include "shared/base/hash.hpp"

#include <doctest/doctest.h>

#include "shared/base/uuid.hpp"

using namespace vignette;

TEST_CASE("content hashes equal the published XXH3-128 values on every platform") {
  CHECK(content_hash({}) == "99aa06d3014798d86001c324468d497f");
  CHECK(content_hash(as_bytes("vignette")) != content_hash(as_bytes("Vignette")));
  CHECK(content_hash(as_bytes("vignette")).size() == 32);
}

TEST_CASE("a UUID carries its version and variant whatever the random bytes are") {
  std::array<std::uint8_t, 16> ones{};
  ones.fill(0xFF);
  CHECK(uuid_from(ones) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
  CHECK(uuid_from({}) == "00000000-0000-4000-8000-000000000000");
}
