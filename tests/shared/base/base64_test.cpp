#include "shared/base/base64.hpp"

#include <doctest/doctest.h>

using namespace vignette;

TEST_CASE("base64 matches the vectors of RFC 4648") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    CHECK(encode_base64(as_bytes(plain)) == encoded);
    const auto back = decode_base64(encoded);
    REQUIRE(back);
    CHECK(as_text(*back) == plain);
  }
}

TEST_CASE("text that is not base64 is refused with a hint") {
  for (const char* bad : {"Zg=", "Z===", "Zm9v\n", "Zm9*", "Zh==", "=Zm9", "Zg==Zg=="}) {
    const auto result = decode_base64(bad);
    CHECK_FALSE(result.has_value());
    if (!result) CHECK_FALSE(result.error().hint.empty());
  }
}
