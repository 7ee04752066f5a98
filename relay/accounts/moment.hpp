#pragma once
#include <cstdint>

#include "shared/base/time.hpp"

namespace vignette::relay {

/// Now, on both clocks: dates and expiry go by the wall, rates by the one that nobody can set back.
struct Moment {
  TimeMs wall = 0;
  std::int64_t steady_ns = 0;
};

/// Days are UTC days, counted from 1970.
inline std::int64_t day_of(TimeMs wall) { return wall / 86'400'000; }

Moment moment_now();

}  // namespace vignette::relay
