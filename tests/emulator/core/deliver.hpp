#pragma once
#include "tests/emulator/core/answer.hpp"
#include "tests/emulator/core/rule.hpp"
#include "tests/emulator/core/world.hpp"
#include "tests/emulator/wire/wire.hpp"

namespace vignette::emulator {

/// Sends an answer as the provider would, or as badly as the rule wants it.
struct Delivery {
  Wire& wire;
  World& world;
  std::int64_t journal_id = 0;  ///< 0: not journaled
  bool head_only = false;       ///< a HEAD request
  bool keep_alive = true;
};
void deliver(const Answer& answer, const Rule* rule, Delivery& delivery);

}  // namespace vignette::emulator
