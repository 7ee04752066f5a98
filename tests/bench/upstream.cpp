// The fastest provider there could be, for measuring what stands before it: reads a request to its end and
// answers with a finished chat completion. One thread, epoll, no allocation for a request.
//
//   bench-upstream [--port N] [--delay-ms N] [--events N --every-ms N]
//
// With --delay-ms the answer comes that much later; with --events it is a stream of so many events.
#include <arpa/inet.h>
#include <charconv>
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
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view json =
    R"({"id":"chatcmpl-0123456789","object":"chat.completion","created":1763700000,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"A red ceramic teapot with a bamboo handle stands on a pale wooden table beside two small cups, lit softly from the left.","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":420,"completion_tokens":31,"total_tokens":451,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}})";
constexpr std::string_view event_head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

struct Peer {
  std::string head;  // of the request, until it is complete
  std::size_t body_left = 0;
  bool in_body = false;
  int events_left = 0;
};

struct Due {
  Clock::time_point at;
  int socket;
  std::size_t generation;
};

int option(int count, char** values, std::string_view name, int standard) {
  for (int i = 1; i + 1 < count; ++i) {
    if (values[i] == name) return std::atoi(values[i + 1]);
  }
  return standard;
}

void write_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

std::string chunk(std::string_view content) {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", content.size());
  return size + std::string(content) + "\r\n";
}

std::size_t content_length(std::string_view head) {
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
    constexpr std::string_view name = "content-length:";
    const std::string_view line = head.substr(at + 2);
    if (line.size() < name.size() || ::strncasecmp(line.data(), name.data(), name.size()) != 0) continue;
    return std::strtoul(line.data() + name.size(), nullptr, 10);
  }
  return 0;
}

}  // namespace

int main(int count, char** values) {
  const int port = option(count, values, "--port", 0);
  const auto delay = std::chrono::milliseconds(option(count, values, "--delay-ms", 0));
  const int events = option(count, values, "--events", 0);
  const auto every = std::chrono::milliseconds(option(count, values, "--every-ms", 1000));
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);

  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  const int one = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, 4096) != 0) {
    std::perror("bench-upstream");
    return 1;
  }
  socklen_t size = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("bench-upstream: http://127.0.0.1:%d\n", ntohs(address.sin_port));
  std::fflush(stdout);

  const std::string answer =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(json.size()) +
      "\r\n\r\n" + std::string(json);
  const std::string event = chunk(
      R"(data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}],"usage":null})"
      "\n\n");
  const std::string end =
      chunk(
          "data: "
          "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":"
          "420,\"completion_tokens\":31}}\n\ndata: [DONE]\n\n") +
      "0\r\n\r\n";

  const int epoll = ::epoll_create1(0);
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  wanted.data.fd = listener;
  ::epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &wanted);
  std::vector<Peer> peers(65536);
  std::vector<std::size_t> generations(65536);
  std::deque<Due> due;  // in order: all wait equally long
  std::vector<char> buffer(256 * 1024);
  std::vector<epoll_event> ready(512);

  const auto begin_answer = [&](int socket) {
    Peer& peer = peers[static_cast<std::size_t>(socket)];
    peer.events_left = events;
    if (events > 0) write_all(socket, event_head);
    if (delay.count() == 0 && events == 0) return write_all(socket, answer);
    due.push_back(
        {Clock::now() + (events > 0 ? every : delay), socket, generations[static_cast<std::size_t>(socket)]});
  };
  for (;;) {
    int patience = -1;
    if (!due.empty()) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(due.front().at - Clock::now());
      patience = static_cast<int>(std::max<std::int64_t>(left.count() + 1, 0));
    }
    const int n = ::epoll_wait(epoll, ready.data(), static_cast<int>(ready.size()), patience);
    for (int i = 0; i < n; ++i) {
      const int socket = ready[static_cast<std::size_t>(i)].data.fd;
      if (socket == listener) {
        const int client = ::accept4(listener, nullptr, nullptr, 0);
        if (client < 0) continue;
        ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        peers[static_cast<std::size_t>(client)] = {};
        ++generations[static_cast<std::size_t>(client)];
        wanted.data.fd = client;
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, client, &wanted);
        continue;
      }
      const ssize_t got = ::recv(socket, buffer.data(), buffer.size(), 0);
      if (got <= 0) {
        ++generations[static_cast<std::size_t>(socket)];
        ::close(socket);
        continue;
      }
      Peer& peer = peers[static_cast<std::size_t>(socket)];
      std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
      while (!bytes.empty()) {
        if (!peer.in_body) {
          const std::size_t before = peer.head.size();
          peer.head += bytes.substr(0, 16384);
          const std::size_t stop = peer.head.find("\r\n\r\n");
          if (stop == std::string::npos) break;
          peer.body_left = content_length(peer.head);
          peer.in_body = true;
          bytes.remove_prefix(stop + 4 - before);
          peer.head.clear();
        }
        const std::size_t taken = std::min(peer.body_left, bytes.size());
        peer.body_left -= taken;
        bytes.remove_prefix(taken);
        if (peer.body_left > 0) break;
        peer.in_body = false;
        begin_answer(socket);
      }
    }
    const auto now = Clock::now();
    while (!due.empty() && due.front().at <= now) {
      const Due next = due.front();
      due.pop_front();
      if (generations[static_cast<std::size_t>(next.socket)] != next.generation) continue;
      Peer& peer = peers[static_cast<std::size_t>(next.socket)];
      if (events == 0) {
        write_all(next.socket, answer);
      } else if (--peer.events_left > 0) {
        write_all(next.socket, event);
        due.push_back({now + every, next.socket, next.generation});
      } else {
        write_all(next.socket, end);
      }
    }
  }
}
