#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/image/pixels.hpp"

namespace vignette::emulator {

struct NamedColour {
  const char* name;
  Colour rgb;
};
/// The few colours this program has words for.
const std::vector<NamedColour>& palette();

/// Index into palette() of the nearest colour.
std::size_t nearest_colour(std::uint8_t red, std::uint8_t green, std::uint8_t blue);

/// The colours named in a text, in order of appearance, without repeats.
std::vector<Colour> colours_in(std::string_view text);

}  // namespace vignette::emulator
