#include "relay/routes/encoding.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace vignette::relay;

namespace {

std::string best_first(std::string_view accept) {
  std::string names;
  for (const Encoding e : acceptable_encodings(accept))
    names += (names.empty() ? "" : " ") + std::string(name_of(e));
  return names;
}

}  // namespace

TEST_CASE("without a wish there is only the plain file") {
  CHECK(best_first("") == "identity");
  CHECK(best_first(" , ,") == "identity");
  CHECK(best_first("deflate, zstd") == "identity");
}

TEST_CASE("among equals brotli comes first, and identity last") {
  CHECK(best_first("gzip, deflate, br, zstd") == "br gzip identity");
  CHECK(best_first("gzip") == "gzip identity");
  CHECK(best_first("GZIP") == "gzip identity");
  CHECK(best_first("x-gzip") == "gzip identity");
  CHECK(best_first("*") == "br gzip identity");
}

TEST_CASE("weights order the encodings, and zero rules one out") {
  CHECK(best_first("br;q=0.5, gzip;q=0.8") == "gzip br identity");
  CHECK(best_first("br;q=0, gzip") == "gzip identity");
  CHECK(best_first("br; q=0.001 , gzip ;q=0.000") == "br identity");
  CHECK(best_first("identity, br;q=0.5") == "identity br");
  CHECK(best_first("*;q=0.2, br;q=0") == "gzip identity");
  CHECK(best_first("br, identity;q=0") == "br");
  CHECK(best_first("br, *;q=0") == "br");
  CHECK(best_first("*;q=0") == "");
}

TEST_CASE("an element that is not well-formed is left out") {
  CHECK(best_first("br;q=2, gzip") == "gzip identity");
  CHECK(best_first("br;q=-1, gzip") == "gzip identity");
  CHECK(best_first("br;q=0.1234, gzip") == "gzip identity");
  CHECK(best_first("br;q=1.5") == "identity");
  CHECK(best_first("br;q=, gzip;level=9") == "identity");
  CHECK(best_first("brotli, gzippy") == "identity");
}
