#include "relay/http/parse.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace vignette::relay;

namespace {

// 200 for a request we take, otherwise the status of the refusal.
int status_of(const std::string& head) {
  const auto parsed = parse_head(head, Limits{});
  const auto* problem = std::get_if<Problem>(&parsed);
  return problem ? problem->status : 200;
}

std::string with(const std::string& lines, const std::string& start = "GET / HTTP/1.1") {
  return start + "\r\nHost: a\r\n" + lines + "\r\n";
}

}  // namespace

TEST_CASE("a browser's request is taken apart") {
  const auto parsed = parse_head(
      "GET /a%20b/?q=1&r HTTP/1.1\r\nHost: a:8080\r\nAccept-Encoding: gzip\r\n"
      "accept-encoding: br\r\nUser-Agent: caf\xC3\xA9\r\n\r\n",
      Limits{});
  REQUIRE(std::holds_alternative<Request>(parsed));
  const auto& request = std::get<Request>(parsed);
  CHECK(request.method == "GET");
  CHECK(request.path() == "/a%20b/");
  CHECK(request.query() == "q=1&r");
  CHECK(request.keep_alive);
  CHECK(request.list_field("ACCEPT-ENCODING") == "gzip,br");
  CHECK(*request.field("host") == "a:8080");
  CHECK(request.field("Origin") == nullptr);
}

TEST_CASE("an old client, and one that says so, does not keep its connection") {
  CHECK_FALSE(std::get<Request>(parse_head("GET / HTTP/1.0\r\n\r\n", Limits{})).keep_alive);
  CHECK_FALSE(
      std::get<Request>(parse_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", Limits{})).keep_alive);
  CHECK_FALSE(std::get<Request>(parse_head(with("Connection: close\r\n"), Limits{})).keep_alive);
}

TEST_CASE("one empty line before a request is forgiven") {
  CHECK(status_of("\r\n" + with("")) == 200);
  CHECK(status_of("\r\n\r\n" + with("")) == 400);
}

TEST_CASE("doubt about where a body ends is refused") {
  CHECK(status_of(with("Content-Length: 0\r\n")) == 200);
  CHECK(status_of(with("Content-Length: 5\r\n", "POST / HTTP/1.1")) == 200);
  CHECK(status_of(with("Content-Length: 5\r\n")) == 400);
  CHECK(status_of(with("Content-Length: 5\r\nContent-Length: 5\r\n", "POST / HTTP/1.1")) == 400);
  CHECK(status_of(with("Content-Length: 5\r\nContent-Length: 6\r\n", "POST / HTTP/1.1")) == 400);
  for (const char* length :
       {"5, 5", "+5", "-1", "0x5", "5 5", "", "1234567890123456", "99999999999999999999"}) {
    CAPTURE(std::string(length));
    CHECK(status_of(with("Content-Length: " + std::string(length) + "\r\n", "POST / HTTP/1.1")) == 400);
  }
  for (const char* coding : {"chunked", "identity", "gzip, chunked", "xchunked", ""}) {
    CAPTURE(std::string(coding));
    const int status =
        status_of(with("Transfer-Encoding: " + std::string(coding) + "\r\n", "POST / HTTP/1.1"));
    CHECK((status == 411 || status == 400));
  }
  CHECK(status_of(with("Transfer-Encoding: chunked\r\n")) == 411);
  const int both = status_of(with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "POST / HTTP/1.1"));
  CHECK((both == 400 || both == 411));
}

TEST_CASE("header lines that programs read differently are refused") {
  for (const char* lines : {"X: a\r\n b\r\n", "X: a\r\n\tb\r\n", "X : a\r\n", " X: a\r\n", "X\r\n", ": a\r\n",
                            "X: a\x01\r\n", "X: a\x7F\r\n", "Host: b\r\n", "X: a\rb\r\n",
                            "Origin: a\r\nOrigin: b\r\n", "Authorization: a\r\nauthorization: b\r\n"}) {
    CAPTURE(std::string(lines));
    CHECK(status_of(with(lines)) == 400);
  }
  CHECK(status_of("GET / HTTP/1.1\r\n\r\n") == 400);  // no Host
  CHECK(status_of(with(std::string("X: a\0b\r\n", 9))) == 400);
  CHECK(status_of(with("Expect: 200-ok\r\n")) == 417);
}

TEST_CASE("only a path is a target") {
  for (const char* start : {"GET http://a/ HTTP/1.1", "CONNECT a:1 HTTP/1.1", "OPTIONS * HTTP/1.1",
                            "GET  / HTTP/1.1", "GET /\xC3\xA9 HTTP/1.1", "GET /#a HTTP/1.1", "GET HTTP/1.1",
                            "GET /", "G(T / HTTP/1.1", "GET /a\tb HTTP/1.1"}) {
    CAPTURE(std::string(start));
    CHECK(status_of(with("", start)) == 400);
  }
  CHECK(status_of(with("", "GET / HTTP/1.1 ")) >= 400);
  const int version = status_of(with("", "GET / HTTP/2.0"));
  CHECK((version == 505 || version == 400));
  CHECK(status_of(with("", "GET / http/1.1")) >= 400);
}

TEST_CASE("a head over a limit is refused with the limit's own status") {
  const Limits limits;
  CHECK(status_of(with("", "GET /" + std::string(limits.target_bytes, 'a') + " HTTP/1.1")) == 414);
  CHECK(status_of(with("X: " + std::string(limits.header_line_bytes, 'a') + "\r\n")) == 431);
  std::string many;
  for (std::size_t i = 0; i < limits.header_fields; ++i) many += "X: a\r\n";
  CHECK(status_of(with(many)) == 431);  // Host is one more
  CHECK(status_of(with(many.substr(6))) == 200);
  std::string large;
  for (int i = 0; i < 3; ++i) large += "X: " + std::string(7000, 'a') + "\r\n";
  CHECK(status_of(with(large)) == 431);
}
