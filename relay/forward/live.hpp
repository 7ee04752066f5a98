#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "relay/config/secret.hpp"
#include "relay/upstream/pool.hpp"
#include "relay/upstream/reply.hpp"
#include "shared/provider/http_call.hpp"

namespace vignette::relay {

/// The head of a request to a provider. Holds its key: wiped when it goes.
class CallHead {
 public:
  CallHead(std::string_view method, std::string_view target, const Destination& where,
           const provider::AuthHeader& auth, std::string_view key, std::span<const provider::Header> headers,
           std::optional<std::uint64_t> length);
  CallHead(const CallHead&) = delete;
  CallHead& operator=(const CallHead&) = delete;
  ~CallHead() { Secret::wipe(text_); }
  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

/// One exchange with a provider, from connecting to the last byte of its answer. Can be cancelled at any
/// moment, because the client may leave at any moment.
class Live {
 public:
  Live(Pool& pool, Loop& loop) : pool_(pool), loop_(loop) {}
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;
  ~Live() { end(); }

  boost::asio::awaitable<Failure> connect(const Destination& where, bool fresh = false);
  boost::asio::awaitable<Failure> send(std::span<const std::string_view> parts);
  boost::asio::awaitable<Failure> send(const provider::Body& body);
  /// The head of the answer, or what is already there of one after sending failed.
  boost::asio::awaitable<Failure> read_head(std::chrono::milliseconds patience);
  ReplyReader& reply() { return *reader_; }
  Connection& connection() { return *connection_; }

  /// Nothing was sent on a connection that turned out dead, and it was an old one: worth a new one.
  bool was_reused() const { return reused_; }
  bool cancelled() const { return cancelled_; }
  void cancel();
  /// Waits, unless cancelled.
  boost::asio::awaitable<void> rest(std::chrono::milliseconds time);
  /// The time that the provider took, from connecting to the end.
  Clock::duration waited() const { return waited_; }
  /// Back to the pool if the answer came whole, closed otherwise.
  void end();

 private:
  Pool& pool_;
  Loop& loop_;
  std::unique_ptr<Connection> connection_;
  Connection* opening_ = nullptr;
  boost::asio::steady_timer* resting_ = nullptr;
  std::optional<ReplyReader> reader_;
  Clock::duration waited_{};
  bool reused_ = false;
  bool cancelled_ = false;
};

}  // namespace vignette::relay
