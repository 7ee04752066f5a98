#include "relay/http/request_id.hpp"

#include <atomic>
#include <cstdint>
#include <random>

namespace vignette::relay {
namespace {

std::uint64_t random_start() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32) | device();
}

}  // namespace

std::string next_request_id() {
  // SplitMix64: a counter, then a mix that maps different counts to different numbers.
  static std::atomic<std::uint64_t> state{random_start()};
  std::uint64_t z = state.fetch_add(0x9E3779B97F4A7C15u) + 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  z ^= z >> 31;
  std::string id(16, '0');
  for (char& digit : id) {
    digit = "0123456789abcdef"[z >> 60];
    z <<= 4;
  }
  return id;
}

}  // namespace vignette::relay
