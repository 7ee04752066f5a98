#pragma once
#include <cstddef>
#include <string_view>

namespace vignette::local {

/// What the detector calls the things that a label of MobileNet (by its number) is a sort of: label 163,
/// "beagle", is a sort of "dog". "animal" where the detector has no word for that animal; "" for everything
/// else.
std::string_view kind_of_label(std::size_t label);

}  // namespace vignette::local
