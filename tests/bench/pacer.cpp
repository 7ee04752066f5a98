// A client that asks evenly, whatever the answers do: so many requests a second, each timed from the moment
// it was due. A server that stops for a moment is not asked less meanwhile.
//
//   bench-pacer --port N --rate N --seconds N --bytes N --bearer WORD [--connections 64]
//
// Prints "requests N failed N p50_us N p99_us N".
#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "tests/bench/vision_request.hpp"

namespace {

using namespace vignette::bench;
using Clock = std::chrono::steady_clock;

struct Connection {
  int socket = -1;
  Clock::time_point due{};
  std::string answer;
};

int number(int count, char** values, std::string_view name, std::string_view standard) {
  return std::atoi(std::string(option(count, values, name, standard)).c_str());
}

/// Of an answer with a length; 0 while its head is not there.
std::size_t whole_size(std::string_view answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  const std::size_t at = answer.find("Content-Length: ");
  return at > end ? 0 : end + 4 + std::strtoul(answer.data() + at + 16, nullptr, 10);
}

int open_one(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    std::perror("bench-pacer");
    std::exit(1);
  }
  const int one = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return socket;
}

}  // namespace

int main(int count, char** values) {
  const int port = number(count, values, "--port", "0");
  const auto every = std::chrono::nanoseconds(1'000'000'000 / number(count, values, "--rate", "5000"));
  const auto wanted_time = std::chrono::seconds(number(count, values, "--seconds", "5"));
  const std::string request =
      write({.bytes = static_cast<std::size_t>(number(count, values, "--bytes", "2048")),
             .bearer = option(count, values, "--bearer", "")});
  std::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
  const int epoll = ::epoll_create1(0);
  std::vector<Connection> connections(static_cast<std::size_t>(number(count, values, "--connections", "64")));
  std::vector<std::size_t> idle;
  for (std::size_t i = 0; i < connections.size(); ++i) {
    connections[i].socket = open_one(port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, connections[i].socket, &event);
    idle.push_back(i);
  }
  std::vector<double> times;
  std::deque<Clock::time_point> waiting;  // due, and no connection free
  std::size_t failed = 0;
  const auto begin = [&](std::size_t at, Clock::time_point due) {
    connections[at].due = due;
    for (std::size_t sent = 0; sent < request.size();) {
      const ssize_t n = ::send(connections[at].socket, request.data() + sent, request.size() - sent, 0);
      if (n <= 0) return;  // the close is seen when reading
      sent += static_cast<std::size_t>(n);
    }
  };
  std::vector<char> buffer(64 * 1024);
  std::vector<epoll_event> ready(128);
  Clock::time_point next = Clock::now();
  const Clock::time_point end = next + wanted_time;
  // What is due by the end is still answered, within reason.
  while (Clock::now() < end || ((idle.size() < connections.size() || !waiting.empty()) &&
                                Clock::now() < end + std::chrono::seconds(10))) {
    for (const auto now = std::min(Clock::now(), end); next <= now; next += every) waiting.push_back(next);
    while (!waiting.empty() && !idle.empty()) {
      const std::size_t at = idle.back();
      idle.pop_back();
      begin(at, waiting.front());
      waiting.pop_front();
    }
    const auto left = std::max(std::chrono::nanoseconds(0), std::chrono::nanoseconds(next - Clock::now()));
    const timespec patience{.tv_sec = 0, .tv_nsec = std::min<long>(left.count(), 100'000'000)};
    const int n = ::epoll_pwait2(epoll, ready.data(), static_cast<int>(ready.size()), &patience, nullptr);
    for (int i = 0; i < n; ++i) {
      const auto at = static_cast<std::size_t>(ready[static_cast<std::size_t>(i)].data.u64);
      Connection& one = connections[at];
      const ssize_t got = ::recv(one.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (got < 0 && errno == EAGAIN) continue;
      if (got > 0) one.answer.append(buffer.data(), static_cast<std::size_t>(got));
      const std::size_t size = whole_size(one.answer);
      const bool whole = size > 0 && one.answer.size() >= size;
      if (got > 0 && !whole) continue;
      const bool asked = one.due != Clock::time_point{};
      const bool good = whole && one.answer.starts_with("HTTP/1.1 200");
      if (good) times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - one.due).count());
      if (!good && asked) ++failed;
      // Servers end a connection after a thousand requests or so, and say it before.
      if (got <= 0 || one.answer.find("Connection: close\r\n") != std::string::npos) {
        ::close(one.socket);
        one.socket = open_one(port);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = at;
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, one.socket, &event);
      }
      one.answer.clear();
      one.due = {};
      if (asked) idle.push_back(at);
    }
  }
  failed += waiting.size() + connections.size() - idle.size();
  std::sort(times.begin(), times.end());
  const auto part = [&](double share) {
    return times.empty() ? 0.0
                         : times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  std::printf("requests %zu failed %zu p50_us %.1f p99_us %.1f\n", times.size(), failed, part(0.5),
              part(0.99));
}
