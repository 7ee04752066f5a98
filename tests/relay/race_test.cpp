// Which of a host's addresses is taken, over real sockets of this machine.
#include "relay/upstream/race.hpp"

#include <arpa/inet.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "relay/http/alarms.hpp"

using namespace vignette::relay;
using namespace std::chrono_literals;
namespace net = boost::asio;

namespace {

/// A socket that listens on one loopback address and never accepts.
class Door {
 public:
  Door(const char* address, int backlog, std::uint16_t port = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in where = at(address, port);
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0);
    REQUIRE(::listen(socket_, backlog) == 0);
    socklen_t size = sizeof where;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&where), &size);
    port_ = ntohs(where.sin_port);
  }
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;
  ~Door() {
    for (const int one : crowd_) ::close(one);
    ::close(socket_);
  }
  std::uint16_t port() const { return port_; }

  /// So many wait already that the kernel drops who comes next: to a client, a network that swallows packets.
  void fill(const char* address) {
    for (int i = 0; i < 8; ++i) {
      const int one = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
      const sockaddr_in where = at(address, port_);
      ::connect(one, reinterpret_cast<const sockaddr*>(&where), sizeof where);
      crowd_.push_back(one);
    }
  }

 private:
  static sockaddr_in at(const char* address, std::uint16_t port) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &where.sin_addr);
    return where;
  }
  int socket_;
  std::uint16_t port_ = 0;
  std::vector<int> crowd_;
};

struct Finish {
  std::string winner;  ///< empty: nobody
  Clock::duration took{};
};

Finish race(const std::vector<const char*>& addresses, std::uint16_t port, std::chrono::milliseconds patience,
            std::optional<std::chrono::milliseconds> cancel_after = {}) {
  std::vector<net::ip::address> all;
  for (const char* each : addresses) all.push_back(net::ip::make_address(each));
  net::io_context io;
  Race one(io.get_executor());
  Finish finish;
  const auto began = Clock::now();
  net::co_spawn(
      io,
      [&]() -> net::awaitable<void> {
        const auto socket = co_await one.run(all, port, patience);
        finish.took = Clock::now() - began;
        if (socket) finish.winner = socket->remote_endpoint().address().to_string();
      },
      net::detached);
  net::steady_timer timer(io);
  if (cancel_after) {
    timer.expires_after(*cancel_after);
    timer.async_wait([&](const boost::system::error_code&) { one.cancel(); });
  }
  io.run();
  return finish;
}

}  // namespace

TEST_CASE("an address that refuses is passed over at once") {
  const Door door("127.0.0.2", 16);
  const Finish finish = race({"127.0.0.1", "127.0.0.3", "127.0.0.2"}, door.port(), 5s);
  CHECK(finish.winner == "127.0.0.2");
  CHECK(finish.took < Race::head_start);
}

TEST_CASE("an address that says nothing costs a quarter of a second") {
  const Door answers("127.0.0.2", 16);
  Door silent("127.0.0.3", 0, answers.port());
  silent.fill("127.0.0.3");
  const Finish finish = race({"127.0.0.3", "127.0.0.2"}, answers.port(), 5s);
  CHECK(finish.winner == "127.0.0.2");
  CHECK(finish.took >= Race::head_start);
  CHECK(finish.took < 2s);
}

TEST_CASE("where nobody answers the race is over in time, and can be called off") {
  Door silent("127.0.0.3", 0);
  silent.fill("127.0.0.3");
  const Finish late = race({"127.0.0.3"}, silent.port(), 100ms);
  CHECK(late.winner.empty());
  CHECK(late.took >= 100ms);
  CHECK(late.took < 2s);
  const Finish refused = race({"127.0.0.1", "127.0.0.2"}, silent.port(), 5s);
  CHECK(refused.winner.empty());
  CHECK(refused.took < 2s);
  const Finish left = race({"127.0.0.3"}, silent.port(), 30s, 50ms);
  CHECK(left.winner.empty());
  CHECK(left.took < 5s);
}

TEST_CASE("IPv6 and IPv4 in turns, beginning with the resolver's first, and not too many") {
  const auto named = [](const std::vector<const char*>& addresses) {
    std::vector<net::ip::address> all;
    for (const char* each : addresses) all.push_back(net::ip::make_address(each));
    std::string names;
    for (const auto& each : in_turns(all)) names += each.to_string() + " ";
    return names;
  };
  CHECK(named({"::1", "::2", "1.1.1.1", "1.1.1.2"}) == "::1 1.1.1.1 ::2 1.1.1.2 ");
  CHECK(named({"1.1.1.1", "1.1.1.2", "::1"}) == "1.1.1.1 ::1 1.1.1.2 ");
  CHECK(named({"::1", "::2", "::3", "::4", "::5", "1.1.1.1"}) == "::1 1.1.1.1 ::2 ::3 ");
  CHECK(named({"1.1.1.1"}) == "1.1.1.1 ");
}
