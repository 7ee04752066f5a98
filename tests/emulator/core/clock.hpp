#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "shared/base/time.hpp"

namespace vignette::emulator {

/// Milliseconds since the program started: for measuring.
inline std::int64_t uptime_ms() {
  static const auto start = std::chrono::steady_clock::now();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
      .count();
}
inline TimeMs wall_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}
inline std::int64_t wall_seconds() { return wall_ms() / 1000; }
inline std::string wall_iso() { return format_iso8601(wall_ms()); }

/// "Sat, 21 Nov 2026 09:30:00 GMT"
std::string http_date(std::int64_t seconds);

}  // namespace vignette::emulator
