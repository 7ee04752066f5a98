#include "relay/forward/live.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vignette::relay {

namespace net = boost::asio;

CallHead::CallHead(std::string_view method, std::string_view target, const Destination& where,
                   const provider::AuthHeader& auth, std::string_view key,
                   std::span<const provider::Header> headers, std::optional<std::uint64_t> length) {
  text_.reserve(512 + key.size() + target.size());  // once: a move would leave a copy of the key behind
  const auto add = [this](std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) text_ += part;
  };
  add({method, " ", target.empty() ? "/" : target, " HTTP/1.1\r\nHost: ", where.authority(), "\r\n"});
  if (!auth.name.empty() && !key.empty()) add({auth.name, ": ", auth.prefix, key, "\r\n"});
  bool accept = false;
  for (const provider::Header& header : headers) {
    accept = accept || header.name == "Accept";
    add({header.name, ": ", header.value, "\r\n"});
  }
  if (!accept) add({"Accept: */*\r\n"});
  if (length) add({"Content-Length: ", std::to_string(*length), "\r\n"});
  add({"Accept-Encoding: identity\r\nUser-Agent: vignette-relay/" VIGNETTE_VERSION "\r\n\r\n"});
}

net::awaitable<Failure> Live::connect(const Destination& where, bool fresh) {
  end();
  if (cancelled_) co_return Failure::Cancelled;
  if (!fresh) connection_ = pool_.kept(where);
  reused_ = connection_ != nullptr;
  if (!reused_) {
    const Waiting waiting(waited_);
    Pool::Opened opened = co_await pool_.get(where, true, [this](Connection* one) { opening_ = one; });
    opening_ = nullptr;
    connection_ = std::move(opened.connection);
    if (cancelled_) co_return Failure::Cancelled;
    if (opened.failure != Failure::None) co_return opened.failure;
  }
  reader_.emplace(*connection_, loop_, pool_.limits, waited_);
  co_return Failure::None;
}

net::awaitable<Failure> Live::send(std::span<const std::string_view> parts) {
  std::size_t sent = 0;
  std::optional<boost::system::error_code> error = connection_->try_send(parts, sent);
  if (!error) {
    const Waiting waiting(waited_);
    connection_->limit(pool_.limits.between_bytes);
    error = co_await connection_->send(parts, sent);
  }
  if (!*error) co_return Failure::None;
  if (cancelled_) co_return Failure::Cancelled;
  co_return connection_->late() ? Failure::Late : Failure::Broken;
}

net::awaitable<Failure> Live::send(const provider::Body& body) {
  for (const provider::Piece& piece : body) {
    if (piece.as == provider::Piece::As::Plain) {
      const std::array<std::string_view, 1> all{piece.data.text};
      const Failure failure = co_await send(all);
      if (failure != Failure::None) co_return failure;
      continue;
    }
    provider::BodyReader reader({piece}, 64 * 1024);
    for (std::string_view part = reader.next(); !part.empty(); part = reader.next()) {
      const std::array<std::string_view, 1> all{part};
      const Failure failure = co_await send(all);
      if (failure != Failure::None) co_return failure;
    }
  }
  co_return Failure::None;
}

net::awaitable<Failure> Live::read_head(std::chrono::milliseconds patience) {
  connection_->limit(patience);
  const Failure failure = co_await reader_->read_head();
  connection_->limit(pool_.limits.between_bytes);
  co_return cancelled_ ? Failure::Cancelled : failure;
}

void Live::cancel() {
  cancelled_ = true;
  if (opening_ != nullptr) opening_->cancel();
  if (connection_) connection_->cancel();
  if (resting_ != nullptr) resting_->cancel();
}

net::awaitable<void> Live::rest(std::chrono::milliseconds time) {
  if (cancelled_) co_return;
  const Waiting waiting(waited_);
  net::steady_timer timer(loop_.io, time);
  resting_ = &timer;
  co_await timer.async_wait(net::as_tuple(net::use_awaitable));
  resting_ = nullptr;
}

void Live::end() {
  if (connection_ && reader_ && reader_->can_reuse()) {
    reader_.reset();
    pool_.put_back(std::move(connection_));
  }
  reader_.reset();
  connection_.reset();
}

}  // namespace vignette::relay
