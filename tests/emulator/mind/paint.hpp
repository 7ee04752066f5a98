#pragma once
#include <cstdint>
#include <string>

#include "shared/image/pixels.hpp"

namespace vignette::emulator {

/// A picture for a prompt: bands in the colours it names (or two of its own choosing), with a few squares
/// placed by the seed. The same prompt and seed give the same pixels.
Pixels paint(const std::string& prompt, int width, int height, std::uint64_t seed);

struct Painting {
  std::string bytes, mime, extension;
};
/// `format` is png, jpg, jpeg or webp.
Painting encode_painting(const Pixels& pixels, const std::string& format);

}  // namespace vignette::emulator
