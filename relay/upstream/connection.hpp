#pragma once
#include <boost/asio/ssl/stream.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "relay/http/wire.hpp"
#include "relay/upstream/destination.hpp"
#include "relay/upstream/race.hpp"

namespace vignette::relay {

/// One connection to a provider, plain or TLS. Kept between requests by Pool.
class Connection {
 public:
  Connection(boost::asio::io_context& io, Alarms& alarms, const Destination& to)
      : where(to), wire_(boost::asio::ip::tcp::socket(io), alarms) {}

  /// Connects to one of the addresses, and shakes hands. True when that worked.
  boost::asio::awaitable<bool> open(const std::vector<boost::asio::ip::address>& addresses,
                                    const std::function<boost::asio::ssl::context&()>& tls,
                                    std::chrono::milliseconds patience);

  void limit(std::chrono::milliseconds time) { wire_.limit(time); }
  void no_limit() { wire_.no_limit(); }
  bool late() const { return wire_.late(); }
  bool cancelled() const { return cancelled_; }
  boost::asio::awaitable<Received> receive(std::span<char> into);
  /// Waits without a buffer until there is something to read. False: only receive() can tell, because the
  /// connection speaks TLS, or ended.
  boost::asio::awaitable<bool> readable();
  /// What is there without waiting; TLS has nothing of the kind.
  Received receive_now(std::span<char> into);
  /// At once, where that can be: see Wire.
  std::optional<boost::system::error_code> try_send(std::span<const std::string_view> parts,
                                                    std::size_t& sent) {
    if (cancelled_) return boost::asio::error::operation_aborted;
    if (tls_) return std::nullopt;
    return wire_.try_send(parts, sent);
  }
  /// What is left after `sent` bytes.
  boost::asio::awaitable<boost::system::error_code> send(std::span<const std::string_view> parts,
                                                         std::size_t sent);

  /// Open, and the provider has said nothing since the last answer: not even goodbye.
  bool is_quiet() { return wire_.socket().is_open() && wire_.is_quiet() && !holds_bytes(); }
  /// Ends what is under way: the client left.
  void cancel() {
    cancelled_ = true;
    if (race_) race_->cancel();
    wire_.close();
  }

  const Destination where;
  std::string received;  ///< read and not yet understood; empty between requests
  Clock::time_point born = Clock::now();
  Clock::time_point last_used = born;
  int requests = 0;

 private:
  boost::asio::awaitable<bool> shake_hands(boost::asio::ssl::context& tls);
  /// TLS read them from the socket, and nobody asked for them: decrypted, or still as they came.
  bool holds_bytes() {
    if (!tls_) return false;
    SSL* const tls = tls_->native_handle();
    return SSL_has_pending(tls) == 1 || BIO_ctrl_pending(SSL_get_rbio(tls)) > 0;
  }

  Wire wire_;
  std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> tls_;
  std::optional<Race> race_;  // while connecting
  bool cancelled_ = false;
};

}  // namespace vignette::relay
