#include "shared/archive/dos_time.hpp"

#include <algorithm>

namespace vignette {

DosTime dos_time_from(const CivilTime& t) {
  if (t.year < 1980) return {};
  if (t.year > 2107) return dos_time_from({2107, 12, 31, 23, 59, 58});
  return {static_cast<std::uint16_t>(t.hour << 11 | t.minute << 5 | t.second / 2),
          static_cast<std::uint16_t>((t.year - 1980) << 9 | t.month << 5 | t.day)};
}

CivilTime civil_from(DosTime t) {
  return {(t.date >> 9) + 1980,       std::clamp((t.date >> 5) & 15, 1, 12), std::max(t.date & 31, 1),
          std::min(t.time >> 11, 23), std::min((t.time >> 5) & 63, 59),      std::min((t.time & 31) * 2, 59)};
}

}  // namespace vignette
