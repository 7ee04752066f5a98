#include <chrono>
#include <doctest/doctest.h>
#include <string>

#include "tests/relay/live_server.hpp"
#include "tests/relay/raw_client.hpp"

using namespace vignette::relay;
using namespace std::chrono_literals;

namespace {

const std::string get_health = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string get_big = "GET /big.bin HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace

TEST_CASE("draining without connections ends at once") {
  LiveServer server;
  const auto began = std::chrono::steady_clock::now();
  server.drain();
  server.join();
  CHECK(std::chrono::steady_clock::now() - began < 400ms);
}

TEST_CASE("an answer that is running is finished, and the connection told to end") {
  LiveServer server;
  server.folder().write("big.bin", std::string(20'000'000, 'x'));
  RawClient client(server.port());
  client.send(get_big);
  const std::string begin = client.receive_until("xxxx");  // it has begun
  server.drain();
  const std::string rest = client.receive_all();
  const std::size_t head = begin.find("\r\n\r\n") + 4;
  CHECK(begin.size() - head + rest.size() == 20'000'000);
  server.join();
  CHECK(server.exchanges().at(0).complete);
}

TEST_CASE("an idle connection gets a last moment, and a request in it is answered") {
  Limits limits;
  limits.drain_idle = 3s;
  limits.linger = 100ms;
  LiveServer server(limits);
  RawClient client(server.port());
  client.send(get_health);
  client.receive_until("ok\n");
  server.drain();
  client.send(get_health);
  const std::string answer = client.receive_all();
  CHECK(answer.starts_with("HTTP/1.1 200"));
  CHECK(answer.find("Connection: close") != std::string::npos);
  server.join();
}

TEST_CASE("a client that connected just before the drain is still served") {
  for (int round = 0; round < 20; ++round) {
    LiveServer server;
    RawClient client(server.port());
    client.send(get_health);
    server.drain();  // overtakes the accept in some rounds
    CHECK(client.receive_until("ok\n").ends_with("ok\n"));
  }
}

TEST_CASE("idle connections do not hold up the end") {
  Limits limits;
  limits.drain_idle = 50ms;
  LiveServer server(limits);
  RawClient fresh(server.port());
  RawClient kept(server.port());
  kept.send(get_health);
  kept.receive_until("ok\n");
  const auto began = std::chrono::steady_clock::now();
  server.drain();
  server.join();
  CHECK(std::chrono::steady_clock::now() - began < 2s);
}

TEST_CASE("an answer that takes longer than the drain is cut off") {
  Limits limits;
  limits.drain = 200ms;
  LiveServer server(limits);
  server.folder().write("big.bin", std::string(30'000'000, 'x'));
  RawClient client(server.port(), 4096);
  client.send(get_big);
  client.receive_until("HTTP/1.1 200");
  const auto began = std::chrono::steady_clock::now();
  server.drain();
  server.join();
  CHECK(std::chrono::steady_clock::now() - began < 5s);
  CHECK_FALSE(server.exchanges().at(0).complete);
}

TEST_CASE("two servers cannot have one port, and the second says so") {
  const LiveServer server;
  Loop loop;
  Server second(loop, {}, {[](const Request&) { return Response{}; }, [](const Exchange&) {}});
  const auto address = second.listen("127.0.0.1", server.port());
  REQUIRE_FALSE(address);
  CHECK(address.error().message == "127.0.0.1:" + std::to_string(server.port()) + " is already in use.");
  CHECK(address.error().hint.find("--port") != std::string::npos);
}

TEST_CASE("a host that is not an address is refused") {
  Loop loop;
  Server server(loop, {}, {[](const Request&) { return Response{}; }, [](const Exchange&) {}});
  CHECK_FALSE(server.listen("localhost", 0));
  CHECK_FALSE(server.listen("203.0.113.7", 0));  // an address, but not of this machine
}
