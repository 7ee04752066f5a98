#include "relay/http/wire.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>

namespace vignette::relay {

namespace net = boost::asio;

namespace {

constexpr auto as_result = net::as_tuple(net::use_awaitable);
constexpr std::size_t most_parts = 16;

boost::system::error_code last_error() { return {errno, boost::system::system_category()}; }

}  // namespace

void Wire::ring() {
  late_ = true;
  cancel();
}

void Wire::cancel() {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Wire::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

Received Wire::receive_now(std::span<char> into) {
  const ssize_t n = ::recv(socket_.native_handle(), into.data(), into.size(), MSG_DONTWAIT);
  if (n < 0) {
    exhausted_ = true;
    return {last_error(), 0};
  }
  if (n == 0) return {net::error::eof, 0};
  exhausted_ = static_cast<std::size_t>(n) < into.size();
  return {{}, static_cast<std::size_t>(n)};
}

net::awaitable<Received> Wire::receive(std::span<char> into) {
  if (late_) co_return Received{net::error::operation_aborted, 0};
  if (!exhausted_) {
    const Received now = receive_now(into);
    if (now.error != net::error::would_block && now.error != net::error::try_again) co_return now;
  }
  auto read = co_await socket_.async_read_some(net::buffer(into.data(), into.size()), as_result);
  const auto& [error, bytes] = read;
  exhausted_ = bytes < into.size();
  co_return Received{error, bytes};
}

net::awaitable<boost::system::error_code> Wire::readable() {
  if (late_) co_return net::error::operation_aborted;
  auto waited = co_await socket_.async_wait(net::ip::tcp::socket::wait_read, as_result);
  co_return std::get<0>(waited);
}

Received Wire::send_now(std::span<const std::string_view> parts) {
  std::array<iovec, most_parts> pieces{};
  std::size_t count = 0;
  std::size_t wanted = 0;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (count == most_parts) break;
    // The kernel only reads through it.
    pieces[count++] = {.iov_base = const_cast<char*>(part.data()), .iov_len = part.size()};
    wanted += part.size();
  }
  if (wanted == 0) return {};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = count;
  const ssize_t n = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n >= 0) return {{}, static_cast<std::size_t>(n)};
  return {last_error(), 0};
}

std::optional<boost::system::error_code> Wire::try_send(std::span<const std::string_view> parts,
                                                        std::size_t& sent) {
  if (late_) return net::error::operation_aborted;
  const Received now = send_now(parts);
  sent = now.bytes;
  if (now.error && now.error != net::error::would_block && now.error != net::error::try_again)
    return now.error;
  std::size_t all = 0;
  for (const std::string_view part : parts) all += part.size();
  if (sent == all) return boost::system::error_code{};
  return std::nullopt;
}

net::awaitable<boost::system::error_code> Wire::send(std::span<const std::string_view> parts) {
  std::size_t sent = 0;
  if (const auto done = try_send(parts, sent)) co_return *done;
  co_return co_await send_rest(parts, sent);
}

net::awaitable<boost::system::error_code> Wire::send_rest(std::span<const std::string_view> parts,
                                                          std::size_t sent) {
  std::string rest;
  for (std::string_view part : parts) {
    const std::size_t gone = std::min(part.size(), sent);
    sent -= gone;
    rest += part.substr(gone);
  }
  for (std::string_view left = rest; !left.empty();) {
    auto written = co_await socket_.async_write_some(net::buffer(left.data(), left.size()), as_result);
    if (std::get<0>(written)) co_return std::get<0>(written);
    left.remove_prefix(std::get<1>(written));
  }
  co_return boost::system::error_code{};
}

bool Wire::is_quiet() const {
  char byte = 0;
  const ssize_t n =
      ::recv(const_cast<net::ip::tcp::socket&>(socket_).native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace vignette::relay
