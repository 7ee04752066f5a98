#pragma once
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "shared/image/pixels.hpp"

namespace vignette {

struct Encoded {
  Bytes jpeg;
  int width = 0, height = 0;
};

/// What a model gets to see: reduced to `long_side` (never enlarged), upright, re-encoded as JPEG without any
/// metadata, transparency put on `background`. The original never leaves the machine.
Result<Encoded> model_copy(ByteView bytes, int long_side, int quality = 85, Colour background = {},
                           std::string_view name_hint = {});
Result<Encoded> model_copy(const Pixels& pixels, int long_side, int quality = 85, Colour background = {});

}  // namespace vignette
