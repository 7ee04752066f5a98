#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "relay/accounts/gcra.hpp"

namespace vignette::relay {

/// How often somebody may be wrong about a code: 10 times a minute from one address (an IPv6 /64 counts as
/// one), 50 times a second from all of them. The table has a fixed size, so guessing cannot fill memory;
/// addresses that share a cell share its limit.
class Guesses {
 public:
  Guesses();

  /// Seconds to wait, where `peer` or everybody has been wrong too often. An empty peer has only everybody's
  /// limit.
  std::optional<int> wait_s(std::string_view peer, std::int64_t now_ns) const;
  void count_wrong(std::string_view peer, std::int64_t now_ns);

 private:
  static constexpr std::size_t cells = 65'536;
  static constexpr Rate of_one = Rate::per_minute(10);
  static constexpr Rate of_all = {.interval_ns = 20'000'000, .burst = 50};

  std::size_t cell_of(std::string_view peer) const;

  std::uint64_t seed_;  // so that nobody can pick an address to share a cell with
  std::unique_ptr<std::array<Gcra, cells>> by_peer_;
  Gcra all_;
};

}  // namespace vignette::relay
