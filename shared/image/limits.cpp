#include "shared/image/limits.hpp"

#include "shared/base/time.hpp"

namespace vignette {

Result<Done> check_limits(std::int64_t width, std::int64_t height, std::size_t file_bytes,
                          const Limits& limits) {
  if (file_bytes > limits.max_bytes) {
    return Error{ErrorCode::TooLarge,
                 "This file has " + format_bytes(file_bytes) + "; the limit is " +
                     format_bytes(limits.max_bytes) + ".",
                 "Save it again with stronger compression or fewer pixels."};
  }
  if (width <= 0 || height <= 0) {
    return Error{ErrorCode::InvalidInput, "This picture claims to have no pixels.",
                 "The file is damaged; save it again."};
  }
  // Sides are below 2^32, so the product of two that pass the first test cannot overflow.
  const bool too_long = width > limits.max_side || height > limits.max_side;
  if (too_long || width * height > limits.max_pixels) {
    const std::string size = std::to_string(width) + "×" + std::to_string(height);
    return Error{ErrorCode::TooLarge,
                 "This picture is " + size + " pixels; the limit is " +
                     (too_long ? std::to_string(limits.max_side) + " a side."
                               : std::to_string(limits.max_pixels / 1'000'000) + " million in all."),
                 "Resize it first."};
  }
  return Done{};
}

}  // namespace vignette
