// Many clients that wait: opens connections, sends a request on each, and reads until all are answered.
//
//   bench-holder --port N --count N --bytes N --bearer WORD [--stream 1]
//
// Prints "ok N failed N" at the end.
#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "tests/bench/vision_request.hpp"

namespace {

using namespace vignette::bench;

struct Client {
  std::size_t sent = 0;
  std::string tail;  // the last bytes of the answer
  bool good = false;
};

}  // namespace

int main(int count, char** values) {
  const int port = std::atoi(option(count, values, "--port", "0").data());
  const int wanted = std::atoi(option(count, values, "--count", "100").data());
  const auto bytes = static_cast<std::size_t>(std::atoi(option(count, values, "--bytes", "2048").data()));
  const bool stream = option(count, values, "--stream", "0") == "1";
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);

  const std::string request = write({.bytes = bytes,
                                     .bearer = option(count, values, "--bearer", ""),
                                     .stream = stream,
                                     .keep_alive = false});
  const int epoll = ::epoll_create1(0);
  std::vector<Client> clients(65536);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int opened = 0, sent = 0, ok = 0, failed = 0;
  std::vector<epoll_event> ready(512);
  std::vector<char> buffer(64 * 1024);
  while (ok + failed < wanted) {
    // A few at a time: a crowd at the door is not what is measured.
    for (int i = 0; i < 32 && opened < wanted && opened - sent - failed < 64; ++i) {
      const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
      if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        std::perror("bench-holder");
        return 1;
      }
      epoll_event event{};
      event.events = EPOLLIN | EPOLLOUT | EPOLLET;
      event.data.fd = socket;
      ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
      ++opened;
    }
    const int n =
        ::epoll_wait(epoll, ready.data(), static_cast<int>(ready.size()), opened < wanted ? 0 : 1000);
    for (int i = 0; i < n; ++i) {
      const int socket = ready[static_cast<std::size_t>(i)].data.fd;
      Client& client = clients[static_cast<std::size_t>(socket)];
      while (client.sent < request.size()) {
        const ssize_t out =
            ::send(socket, request.data() + client.sent, request.size() - client.sent, MSG_DONTWAIT);
        if (out <= 0) break;
        client.sent += static_cast<std::size_t>(out);
        if (client.sent == request.size()) ++sent;
      }
      for (;;) {
        const ssize_t got = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EAGAIN) break;
        if (got > 0) {
          const std::string_view news(buffer.data(), static_cast<std::size_t>(got));
          if (client.tail.empty()) client.good = news.starts_with("HTTP/1.1 200");
          client.tail += news;
          if (client.tail.size() > 64) client.tail.erase(0, client.tail.size() - 64);
          continue;
        }
        const bool whole =
            stream ? client.tail.find("0\r\n\r\n") != std::string::npos : client.tail.ends_with("}");
        (client.good && whole ? ok : failed) += 1;
        ::close(socket);
        client = {};
        break;
      }
    }
  }
  std::printf("ok %d failed %d\n", ok, failed);
}
