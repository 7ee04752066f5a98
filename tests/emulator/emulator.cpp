#include "tests/emulator/emulator.hpp"

#include "tests/emulator/control/control.hpp"
#include "tests/emulator/visit.hpp"

namespace vignette::emulator {

Emulator::Emulator() : server_([this] { return std::make_unique<Visit>(world_); }) {}
Emulator::~Emulator() { stop(); }

int Emulator::start(int port) { return server_.start(port); }

void Emulator::stop() {
  world_.gates.open_all();
  server_.stop();
}

}  // namespace vignette::emulator
