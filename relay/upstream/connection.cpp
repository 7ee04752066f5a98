#include "relay/upstream/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace vignette::relay {

namespace net = boost::asio;

namespace {

constexpr auto as_result = net::as_tuple(net::use_awaitable);

}  // namespace

net::awaitable<bool> Connection::open(const std::vector<net::ip::address>& addresses,
                                      const std::function<net::ssl::context&()>& tls,
                                      std::chrono::milliseconds patience) {
  race_.emplace(wire_.socket().get_executor());
  auto socket = co_await race_->run(addresses, where.port, patience);
  race_.reset();
  if (!socket || cancelled_) co_return false;
  wire_.socket() = std::move(*socket);
  boost::system::error_code ignored;
  wire_.socket().set_option(net::ip::tcp::no_delay(true), ignored);
  if (!where.tls) co_return true;
  wire_.limit(patience);
  const bool shook = co_await shake_hands(tls());
  wire_.no_limit();
  co_return shook && !cancelled_;  // a bad certificate is not better at the next address
}

net::awaitable<bool> Connection::shake_hands(net::ssl::context& tls) {
  tls_.emplace(wire_.socket(), tls);
  boost::system::error_code error;
  boost::system::error_code not_an_address;
  net::ip::make_address(where.host, not_an_address);
  if (not_an_address && SSL_set_tlsext_host_name(tls_->native_handle(), where.host.c_str()) != 1)
    co_return false;
  tls_->set_verify_mode(net::ssl::verify_peer, error);
  if (!error) tls_->set_verify_callback(net::ssl::host_name_verification(where.host), error);
  if (error) co_return false;
  auto shaken = co_await tls_->async_handshake(net::ssl::stream_base::client, as_result);
  co_return !std::get<0>(shaken);
}

net::awaitable<Received> Connection::receive(std::span<char> into) {
  if (cancelled_) co_return Received{net::error::operation_aborted, 0};
  if (!tls_) co_return co_await wire_.receive(into);
  if (wire_.late()) co_return Received{net::error::operation_aborted, 0};
  auto read = co_await tls_->async_read_some(net::buffer(into.data(), into.size()), as_result);
  co_return Received{std::get<0>(read), std::get<1>(read)};
}

net::awaitable<bool> Connection::readable() {
  if (tls_ || cancelled_) co_return false;
  co_return !co_await wire_.readable();
}

Received Connection::receive_now(std::span<char> into) {
  if (tls_ || cancelled_) return {net::error::would_block, 0};
  return wire_.receive_now(into);
}

net::awaitable<boost::system::error_code> Connection::send(std::span<const std::string_view> parts,
                                                           std::size_t sent) {
  if (cancelled_) co_return net::error::operation_aborted;
  if (!tls_) co_return co_await wire_.send_rest(parts, sent);
  if (wire_.late()) co_return net::error::operation_aborted;
  std::string all;  // TLS copies anyway, and one record is better than four
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  all.reserve(size);
  for (const std::string_view part : parts) all += part;
  auto written = co_await net::async_write(*tls_, net::buffer(all), as_result);
  co_return std::get<0>(written);
}

}  // namespace vignette::relay
