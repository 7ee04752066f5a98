#pragma once
#include "tests/emulator/core/answer.hpp"
#include "tests/emulator/core/world.hpp"

namespace vignette::emulator {

/// Everything under /control: how a test tells the emulator what to do and asks what happened. No key.
Answer answer_control(const Call& call, World& world);

}  // namespace vignette::emulator
