#pragma once
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "shared/image/pixels.hpp"

namespace vignette {

/// The picture small enough to fit a square of `long_side`, upright, never enlarged. The quick path from file
/// to grid: a JPEG is decoded at a fraction of its size.
Result<Pixels> thumbnail(ByteView bytes, int long_side, std::string_view name_hint = {});

/// The same for pixels somebody else decoded (the browser: AVIF, HEIC).
Pixels thumbnail(const Pixels& pixels, int long_side);

}  // namespace vignette
