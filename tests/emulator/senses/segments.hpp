#pragma once
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/image/format.hpp"

namespace vignette::emulator {

/// The names of the parts of a picture's file, each once: "APP1" of a JPEG, "eXIf" of a PNG, "XMP " of a
/// WebP. A test of privacy looks here for anything that is not needed to draw.
std::vector<std::string> segments_of(ByteView bytes, Format format);

}  // namespace vignette::emulator
