#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string>

#include "relay/http/conversation.hpp"
#include "relay/http/problem.hpp"

namespace vignette::relay {

/// One connection, from accept to close: requests are read and answered one after the other, so pipelined
/// ones are answered in their order. A quiet connection holds no buffer.
class Session {
 public:
  Session(boost::asio::ip::tcp::socket socket, ServerContext& context);

  boost::asio::awaitable<void> run();
  /// Answers before anything was read, and ends.
  boost::asio::awaitable<void> refuse(Problem problem);

  /// The server drains: if this connection is only waiting, it waits `drain_idle` and no longer.
  void hurry();
  const std::string& peer() const { return peer_; }
  /// Ends now, whatever it is doing.
  void cut();

 private:
  enum class Head { Complete, Gone, Late, TooLarge, Broken };

  boost::asio::awaitable<bool> wait_for_request();
  boost::asio::awaitable<Head> read_head();
  std::optional<Problem> take_head(Head head, Request& request);
  boost::asio::awaitable<bool> answer_one();
  boost::asio::awaitable<void> answer_request(Conversation& talk);
  boost::asio::awaitable<void> linger();

  Wire wire_;
  std::string peer_;
  ServerContext& context_;
  const Limits& limits_;
  std::string received_;        // bytes not yet answered: at most Limits::header_bytes
  std::size_t head_bytes_ = 0;  // of them, the complete head at the front
  std::size_t answered_ = 0;
  bool waiting_ = false;
  bool hurried_ = false;
  Clock::time_point began_;  // of the request being read or answered
};

}  // namespace vignette::relay
