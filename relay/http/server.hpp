#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "relay/http/limits.hpp"
#include "relay/http/message.hpp"
#include "shared/base/result.hpp"

namespace vignette::relay {

/// Answers one request. Called on the server's one thread; what it throws becomes a 500.
using Handler = std::function<Response(const Request&)>;

/// What there is to say about a request once its answer is out. No header, no query, no body.
struct Exchange {
  std::string id;
  std::string method;
  std::string path;
  int status = 0;
  std::uint64_t bytes = 0;  ///< of the body, as far as it was sent
  double ms = 0;            ///< from the first byte of the request to the last of the answer
  bool complete = true;     ///< the client took all of it
};
using OnExchange = std::function<void(const Exchange&)>;

/// Something that happened to the server itself, in a few fixed words: "draining", "exception escaped".
using OnEvent = std::function<void(const std::string&)>;

/// One thread, one event loop, no locks.
///
///   Server server(limits, handler, on_exchange);
///   Result<std::string> address = server.listen("127.0.0.1", 0);   // "http://127.0.0.1:40123"
///   server.drain_on_signals();
///   server.run();   // returns when drained
class Server {
 public:
  Server(Limits limits, Handler handler, OnExchange on_exchange, OnEvent on_event = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Port 0 takes a free one. The address it serves at, or why it cannot.
  Result<std::string> listen(const std::string& host, std::uint16_t port);

  /// SIGTERM and SIGINT call drain(); a second one cuts off what still runs.
  void drain_on_signals();

  /// Serves until drained.
  void run();

  /// Stops accepting, lets running answers finish, then makes run() return: within Limits::drain.
  /// May be called from any thread.
  void drain();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vignette::relay
