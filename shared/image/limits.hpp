#pragma once
#include <cstdint>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace vignette {

/// What a header may claim before anything is allocated for it.
struct Limits {
  int max_side = 65'535;
  std::int64_t max_pixels = 178'956'970;           ///< where Pillow, and so most trainers, refuse
  std::size_t max_bytes = std::size_t{512} << 20;  ///< of the file
};

/// Refuses with the size, the limit and what to do. `width` and `height` are as the header claims them.
Result<Done> check_limits(std::int64_t width, std::int64_t height, std::size_t file_bytes,
                          const Limits& limits);

}  // namespace vignette
