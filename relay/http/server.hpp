#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "relay/http/limits.hpp"
#include "relay/http/loop.hpp"
#include "relay/http/service.hpp"
#include "shared/base/result.hpp"

namespace vignette::relay {

/// One thread, one event loop, no locks.
///
///   Loop loop;
///   Server server(loop, limits, {.handler = handler, .on_exchange = on_exchange});
///   Result<std::string> address = server.listen("127.0.0.1", 0);   // "http://127.0.0.1:40123"
///   server.drain_on_signals();
///   server.run();   // returns when drained
class Server {
 public:
  Server(Loop& loop, Limits limits, Service service);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Port 0 takes a free one. The address it serves at, or why it cannot.
  Result<std::string> listen(const std::string& host, std::uint16_t port);

  /// SIGTERM and SIGINT call drain(); a second one cuts off what still runs.
  void drain_on_signals();

  /// Serves until drained.
  void run();

  bool draining() const;

  /// Stops accepting, lets running answers finish, then makes run() return: within Limits::drain.
  /// May be called from any thread.
  void drain();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vignette::relay
