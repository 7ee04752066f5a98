#pragma once
#include <cstdint>

#include "shared/image/pixels.hpp"

namespace vignette {

/// 64 bits that stay nearly the same when a picture is resized, recompressed or slightly brightened: the
/// signs of the lowest frequencies of its 32×32 luminance. A thumbnail gives the same hash as the picture.
std::uint64_t perceptual_hash(const Pixels& pixels);

/// How many bits differ: up to about 6 the same picture, above 16 another one.
int hash_distance(std::uint64_t a, std::uint64_t b);

}  // namespace vignette
