#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace vignette::emulator {

/// 64 lower-case hex digits.
std::string sha256(std::string_view bytes);

/// A small stable number for a text: seeds everything here that looks random.
std::uint64_t stable_hash(std::string_view text);

/// SplitMix64: the next number of the sequence that `state` stands for.
std::uint64_t next_random(std::uint64_t& state);

}  // namespace vignette::emulator
