#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "relay/http/message.hpp"
#include "relay/http/problem.hpp"

namespace vignette::relay {

class Conversation;

/// What there is to say about a request once its answer is out. No header, no query, no body.
struct Exchange {
  std::string id;
  std::string method;
  std::string path;
  int status = 0;
  std::uint64_t bytes = 0;  ///< of the body, as far as it was sent
  double ms = 0;            ///< from the first byte of the request to the last of the answer
  bool complete = true;     ///< the client took all of it
  std::string more;         ///< what a route adds to its line of the log: members of JSON, `,"name":value`
};
using OnExchange = std::function<void(const Exchange&)>;

/// Something that happened to the server itself, in a few fixed words: "draining", "exception escaped".
using OnEvent = std::function<void(const std::string&)>;

/// Answers one request at once. Called on the server's one thread; what it throws becomes a 500.
using Handler = std::function<Response(const Request&)>;

/// A route that may take its time: it may read the body as it comes and write the answer as it goes.
struct Endpoint {
  std::uint64_t body_bytes = 0;  ///< the most it takes; decided from Content-Length before any of it is read
  std::function<boost::asio::awaitable<void>(Conversation&)> answer;
};

/// What a server serves. Only `handler` and `on_exchange` must be there.
struct Service {
  Handler handler;
  OnExchange on_exchange;
  OnEvent on_event = {};
  /// The last connection ended after a drain: what else runs on the loop must end now.
  std::function<void()> on_drained = {};
  /// Answers what must not come through to any route, before the body is read.
  std::function<std::optional<Response>(const Request&)> gate = {};
  /// The endpoint of a request; null leaves it to the handler.
  std::function<const Endpoint*(const Request&)> endpoint = {};
  /// Header lines for every answer to this request, errors included: CORS.
  std::function<std::string(const Request&)> answer_lines = {};
};

}  // namespace vignette::relay
