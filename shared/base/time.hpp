#pragma once
#include <cstdint>
#include <string>

namespace vignette {

/// Milliseconds since 1970-01-01 UTC. Always handed in: this library has no clock.
using TimeMs = std::int64_t;

struct CivilTime {
  int year, month, day, hour, minute, second;
};
CivilTime civil_from(TimeMs utc);
TimeMs time_from(const CivilTime& civil);

/// "2026-11-21T09:30:00Z"
std::string format_iso8601(TimeMs utc);
/// "1.4 MB", "812 KB", "0 bytes": decimal units, as file managers show them.
std::string format_bytes(std::uint64_t bytes);

}  // namespace vignette
