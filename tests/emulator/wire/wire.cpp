#include "tests/emulator/wire/wire.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace vignette::emulator {
namespace {

constexpr int stalled_after_ms = 120'000;

// What happened among `events` within the time: 0 for nothing.
short wait_for(int socket, short events, int timeout_ms) {
  pollfd one{socket, events, 0};
  for (;;) {
    const int n = ::poll(&one, 1, timeout_ms);
    if (n < 0 && errno == EINTR) continue;
    return n > 0 ? one.revents : short{0};
  }
}

}  // namespace

Wire::Wire(int socket) : socket_(socket), buffer_(64 * 1024) {
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Wire::~Wire() {
  if (dropped_) {
    ::close(socket_);
    return;
  }
  ::shutdown(socket_, SHUT_WR);
  // Lingering close: bytes still coming would turn our FIN into a reset that can eat the answer.
  char rest[4096];
  for (int i = 0; i < 64 && wait_for(socket_, POLLIN, 50) != 0; ++i)
    if (::recv(socket_, rest, sizeof rest, 0) <= 0) break;
  ::close(socket_);
}

bool Wire::await_request(int timeout_ms) {
  if (begin_ < end_) return true;
  if ((wait_for(socket_, POLLIN, timeout_ms) & POLLIN) == 0) return false;
  char one;
  return ::recv(socket_, &one, 1, MSG_PEEK) == 1;
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty() && !dropped_) {
    const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) {
      sent += static_cast<std::uint64_t>(n);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      const short happened = wait_for(socket_, POLLOUT | POLLRDHUP, stalled_after_ms);
      if ((happened & (POLLRDHUP | POLLERR | POLLHUP)) != 0 || happened == 0) return false;
    } else if (n >= 0 || errno != EINTR) {
      return false;
    }
  }
  return !dropped_;
}

bool Wire::wait(std::int64_t ms) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now())
            .count();
    const int slice = static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
    if ((wait_for(socket_, POLLRDHUP, slice) & (POLLRDHUP | POLLHUP | POLLERR)) != 0) return false;
    if (left <= 0) return true;
  }
}

bool Wire::client_left() const {
  return dropped_ || (wait_for(socket_, POLLRDHUP, 0) & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void Wire::drop(bool reset) {
  if (dropped_) return;
  if (reset) {
    const linger now{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  } else {
    // An unread rest would turn the close into a reset.
    char rest[4096];
    while (::recv(socket_, rest, sizeof rest, MSG_DONTWAIT) > 0) {
    }
    ::shutdown(socket_, SHUT_WR);
  }
  dropped_ = must_close = muted_ = true;  // closed with the object, a moment later
}

bool Wire::is_readable() const {
  return begin_ < end_ || (!dropped_ && wait_for(socket_, POLLIN, stalled_after_ms) != 0);
}

ssize_t Wire::read(char* ptr, size_t size) {
  if (dropped_ || reading_stopped_) return 0;
  if (begin_ == end_) {
    if (wait_for(socket_, POLLIN, stalled_after_ms) == 0) return -1;
    const ssize_t n = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
    if (n <= 0) return n;
    begin_ = 0;
    end_ = static_cast<std::size_t>(n);
    received += end_;
  }
  const std::size_t n = std::min(size, end_ - begin_);
  std::memcpy(ptr, buffer_.data() + begin_, n);
  begin_ += n;
  return static_cast<ssize_t>(n);
}

ssize_t Wire::write(const char* ptr, size_t size) {
  if (muted_ || dropped_) return static_cast<ssize_t>(size);
  return send({ptr, size}) ? static_cast<ssize_t>(size) : -1;
}

void Wire::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip = "127.0.0.1";
  port = socket_;
}
void Wire::get_local_ip_and_port(std::string& ip, int& port) const {
  ip = "127.0.0.1";
  port = 0;
}

}  // namespace vignette::emulator
