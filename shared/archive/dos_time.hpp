#pragma once
#include <cstdint>

#include "shared/base/time.hpp"

namespace vignette {

/// The time stamp of ZIP entries: two seconds fine, from 1980 to 2107, without a time zone.
///
///   time  hhhhhmmm mmmsssss (seconds / 2)      date  yyyyyyym mmmddddd (years since 1980)
///
/// The default is the earliest moment there is, so that the same content always gives the same archive.
struct DosTime {
  std::uint16_t time = 0;
  std::uint16_t date = 0x21;

  friend bool operator==(const DosTime&, const DosTime&) = default;
};

/// Years outside 1980–2107 become the nearest moment that can be written.
DosTime dos_time_from(const CivilTime& civil);
/// Fields out of range (month 0 is common in careless archives) are clamped.
CivilTime civil_from(DosTime time);

}  // namespace vignette
