#pragma once
// cpp-httplib's server with our own connection loop, so that each request comes with its Wire.
#include <functional>
#include <httplib.h>
#include <mutex>
#include <set>
#include <thread>

#include "tests/emulator/wire/wire.hpp"

namespace vignette::emulator {

/// What happens to one request, in this order.
class Visitor {
 public:
  virtual ~Visitor() = default;
  /// The headers are in, the body is not.
  virtual void arrived(const httplib::Request& request, Wire& wire) = 0;
  /// All is in. The answer is written to the wire.
  virtual void complete(const httplib::Request& request, Wire& wire) = 0;
  /// Whatever happened, this request is over.
  virtual void over(Wire& wire) = 0;
};

class Server : private httplib::Server {
 public:
  using MakeVisitor = std::function<std::unique_ptr<Visitor>()>;
  explicit Server(MakeVisitor make_visitor);
  ~Server() override;

  /// Loopback only. 0 takes any free port. The port, or 0 when it is taken.
  int start(int port);
  void stop();

 private:
  bool process_and_close_socket(socket_t socket) override;

  MakeVisitor make_visitor_;
  std::thread accepting_;
  std::mutex mutex_;
  std::set<int> open_;
  bool stopping_ = false;
};

}  // namespace vignette::emulator
