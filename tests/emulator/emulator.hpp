#pragma once
#include <memory>

#include "tests/emulator/core/world.hpp"
#include "tests/emulator/wire/server.hpp"

namespace vignette::emulator {

/// All providers on one loopback port.
///
///   Emulator emulator;
///   const int port = emulator.start(0);
///   httplib::Client client("127.0.0.1", port);
class Emulator {
 public:
  Emulator();
  ~Emulator();
  /// 0 takes any free port. The port, or 0 when it is taken.
  int start(int port);
  void stop();

 private:
  World world_;
  Server server_;
};

}  // namespace vignette::emulator
