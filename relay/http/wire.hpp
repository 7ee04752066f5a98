#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "relay/http/alarms.hpp"

namespace vignette::relay {

struct Received {
  boost::system::error_code error;
  std::size_t bytes = 0;
};

/// A TCP connection with a deadline. Asks the kernel first and waits only when it has to: most requests fit
/// into one read and one write, and those take no detour through the event loop.
class Wire final : private Alarm {
 public:
  Wire(boost::asio::ip::tcp::socket socket, Alarms& alarms) : Alarm(alarms), socket_(std::move(socket)) {}

  /// For what is being awaited now and later, until the next of these.
  void limit(std::chrono::milliseconds time) { limit_at(Clock::now() + time); }
  void limit_at(Clock::time_point at) {
    late_ = false;
    set(at);
  }
  void no_limit() {
    late_ = false;
    clear();
  }
  /// The deadline passed: what was awaited ended with operation_aborted.
  bool late() const { return late_; }

  /// Some bytes; eof at the end.
  boost::asio::awaitable<Received> receive(std::span<char> into);
  /// What is there already, without waiting: would_block when that is nothing.
  Received receive_now(std::span<char> into);

  /// Waits without a buffer until there is something to read, or the end.
  boost::asio::awaitable<boost::system::error_code> readable();

  /// All parts. What they point to may change as soon as this suspends: what the kernel did not take at once
  /// is copied before.
  boost::asio::awaitable<boost::system::error_code> send(std::span<const std::string_view> parts);
  boost::asio::awaitable<boost::system::error_code> send(std::string_view bytes) {
    return send(std::span<const std::string_view>(&bytes, 1));
  }
  /// The same as far as the kernel takes it at once; nothing where send_rest() has to do the rest.
  std::optional<boost::system::error_code> try_send(std::span<const std::string_view> parts,
                                                    std::size_t& sent);
  boost::asio::awaitable<boost::system::error_code> send_rest(std::span<const std::string_view> parts,
                                                              std::size_t sent);
  /// As much as the kernel takes at once.
  Received send_now(std::span<const std::string_view> parts);

  /// Without a byte to read: the peer left, or broke the protocol. Never waits.
  bool is_quiet() const;
  void cancel();
  void close();
  boost::asio::ip::tcp::socket& socket() { return socket_; }

 private:
  void ring() override;

  boost::asio::ip::tcp::socket socket_;
  bool exhausted_ = true;  // the last read took all there was
  bool late_ = false;
};

}  // namespace vignette::relay
