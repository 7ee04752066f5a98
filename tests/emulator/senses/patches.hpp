#pragma once
#include <vector>

#include "shared/image/pixels.hpp"
#include "tests/emulator/senses/picture.hpp"

namespace vignette::emulator {

/// Connected patches of one named colour, other than the colour of most of the border. Largest first, at most
/// ten.
std::vector<Patch> find_patches(const Pixels& pixels);

}  // namespace vignette::emulator
