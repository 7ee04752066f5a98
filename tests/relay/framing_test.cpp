#include "relay/http/framing.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace vignette::relay;
using State = HeadScan::State;

TEST_CASE("a head is complete at its empty line, however it arrives") {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string bytes = head + "GET /next";
  std::size_t scanned = 0;
  for (std::size_t n = 1; n < head.size(); ++n) {  // byte by byte
    CHECK(scan_head(std::string_view(bytes).substr(0, n), scanned).state == State::Incomplete);
    scanned = n;
  }
  CHECK(scan_head(std::string_view(bytes).substr(0, head.size()), scanned).state == State::Complete);
  CHECK(scan_head(bytes, 0).bytes == head.size());
}

TEST_CASE("bytes that cannot become HTTP are broken at once") {
  CHECK(scan_head("GET / HTTP/1.1\nHost: a\n\n", 0).state == State::Broken);
  CHECK(scan_head("\n", 0).state == State::Broken);
  CHECK(scan_head("\x16\x03\x01", 0).state == State::Broken);  // the beginning of TLS
  CHECK(scan_head(std::string_view("\0", 1), 0).state == State::Broken);
  CHECK(scan_head("", 0).state == State::Incomplete);
}
