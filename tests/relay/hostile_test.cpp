// Bytes that no honest client sends, over a real socket. After each of them the server must still serve.
#include <chrono>
#include <doctest/doctest.h>
#include <string>
#include <thread>
#include <vector>

#include "tests/relay/live_server.hpp"
#include "tests/relay/raw_client.hpp"

using namespace vignette::relay;
using namespace std::chrono_literals;

namespace {

const std::string good = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

std::string status_line(const std::string& answer) { return answer.substr(0, answer.find("\r\n")); }

void check_still_serving(const LiveServer& server) {
  RawClient client(server.port());
  CHECK(client.send(good));
  CHECK(client.receive_until("ok\n").starts_with("HTTP/1.1 200"));
}

// A server that loses patience soon, so that tests of patience are short.
Limits impatient() {
  Limits limits;
  limits.header_deadline = 200ms;
  limits.idle = 200ms;
  limits.write_deadline = 300ms;
  limits.linger = 300ms;
  return limits;
}

}  // namespace

TEST_CASE("pipelined requests are answered in their order") {
  const LiveServer server;
  RawClient client(server.port());
  std::string many;
  for (int i = 0; i < 50; ++i) many += i % 2 == 0 ? good : "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(many + "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string all = client.receive_all();
  CHECK(count(all, "HTTP/1.1 200 OK") == 50);
  CHECK(count(all, "HTTP/1.1 404") == 1);
  CHECK(all.find("ok\n") < all.find("<p>home"));
  CHECK(all.rfind("HTTP/1.1 404") > all.rfind("<p>home"));
}

TEST_CASE("a request that comes byte by byte is a request") {
  const LiveServer server;
  RawClient client(server.port());
  for (const char c : good) client.send(std::string(1, c));
  CHECK(client.receive_until("ok\n").ends_with("ok\n"));
}

TEST_CASE("a client that stops sending after its request still gets the answer") {
  const LiveServer server;
  RawClient client(server.port());
  client.send(good);
  client.finish_sending();
  CHECK(client.receive_all().ends_with("ok\n"));
}

TEST_CASE("a header that never ends is cut off at its limit") {
  const LiveServer server;
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n");
  // 100 KB: six times the limit, and less than what lingering reads.
  for (int i = 0; i < 100; ++i) client.send("X-Padding: " + std::string(1000, 'a') + "\r\n");
  const std::string answer = client.receive_all();
  CHECK(status_line(answer) == "HTTP/1.1 431 Request Header Fields Too Large");
  CHECK(answer.find("headers_too_large") != std::string::npos);
  check_still_serving(server);
}

TEST_CASE("a field of 70 kB does not stop the server") {  // it did stop servers on older Beasts
  const LiveServer server;
  for (const std::string& field : {"X: " + std::string(70'000, 'a'), std::string(70'000, 'a') + ": x"}) {
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n");
    CHECK(client.receive_all().starts_with("HTTP/1.1 431"));
  }
  check_still_serving(server);
}

TEST_CASE("a header that drips in slowly meets the deadline, not the patience of each byte") {
  const LiveServer server(impatient());
  RawClient client(server.port());
  const auto began = std::chrono::steady_clock::now();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
  std::thread drip([&client] {
    while (client.send("a")) std::this_thread::sleep_for(20ms);  // the attack itself, not a wait of the test
  });
  const std::string answer = client.receive_until("client_timeout");
  drip.join();
  CHECK(answer.starts_with("HTTP/1.1 408"));
  CHECK(std::chrono::steady_clock::now() - began < 5s);
  check_still_serving(server);
}

TEST_CASE("a connection that asks nothing is closed without a word") {
  const LiveServer server(impatient());
  RawClient silent(server.port());
  CHECK(silent.receive_all() == "");
  RawClient idle(server.port());
  idle.send(good);
  CHECK(count(idle.receive_all(), "HTTP/1.1") == 1);  // one answer, then the end of patience
}

TEST_CASE("a client that does not take its answer is let go") {
  LiveServer server(impatient());
  server.folder().write("big.bin", std::string(30'000'000, 'x'));
  RawClient client(server.port(), 4096);
  client.send("GET /big.bin HTTP/1.1\r\nHost: a\r\n\r\n");
  server.drain();
  server.join();  // returns although the client never read a byte
  REQUIRE(server.exchanges().size() == 1);
  CHECK_FALSE(server.exchanges()[0].complete);
}

TEST_CASE("what is not HTTP is refused at once") {
  const LiveServer server;
  const std::vector<std::string> openings = {"hello\r\n\r\n",
                                             "GET /\r\n\r\n",
                                             "GET / HTTP/1.1\nHost: a\n\n",
                                             "\x16\x03\x01\x02\x01\x01\xfc",
                                             "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                                             std::string("\0\0\0\0", 4),
                                             "GET / HTTP/1.1\r\nHost a\r\n\r\n"};
  for (const std::string& opening : openings) {
    CAPTURE(opening);
    RawClient client(server.port());
    client.send(opening);
    const std::string answer = client.receive_until("request_id");
    const std::string line = status_line(answer);
    CHECK((line == "HTTP/1.1 400 Bad Request" || line == "HTTP/1.1 505 HTTP Version Not Supported"));
  }
  check_still_serving(server);
}

TEST_CASE("nothing behind a doubtful request is taken for a request") {
  const LiveServer server;
  const std::vector<std::string> doubtful = {
      "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(good.size()) + "\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(good.size()) + "\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0, 0\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n folded\r\n\r\n",
      "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"};
  for (const std::string& head : doubtful) {
    CAPTURE(head);
    RawClient client(server.port());
    client.send(head + good + good);
    client.finish_sending();
    const std::string all = client.receive_all();
    CHECK(count(all, "HTTP/1.1 ") == 1);
    CHECK(all.find("Connection: close") != std::string::npos);
    CHECK(all.find("ok\n") == std::string::npos);
  }
}

TEST_CASE("an early refusal reaches a client that is still sending") {
  const LiveServer server;
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n");
  for (int i = 0; i < 90; ++i) client.send(std::string(10'000, 'x'));
  client.finish_sending();
  const std::string answer = client.receive_all();
  CHECK(answer.starts_with("HTTP/1.1 405"));
  CHECK(answer.find("<reset>") == std::string::npos);
}

TEST_CASE("a connection ends after as many requests as one may have") {
  Limits limits;
  limits.requests_per_connection = 3;
  const LiveServer server(limits);
  RawClient client(server.port());
  client.send(good + good + good + good);
  const std::string all = client.receive_all();
  CHECK(count(all, "HTTP/1.1 200") == 3);
  CHECK(count(all, "Connection: close") == 1);
}

TEST_CASE("connections dropped at any byte leave nothing behind") {
  LiveServer server;
  const std::string request = "GET / HTTP/1.1\r\nHost: a\r\nX-Something: else\r\n\r\n";
  for (std::size_t n = 0; n <= request.size(); ++n) RawClient(server.port()).send(request.substr(0, n));
  check_still_serving(server);
  server.drain();
  server.join();  // would wait for a connection that was forgotten
}
