#pragma once
#include <string_view>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "shared/image/blackout.hpp"
#include "shared/image/pixels.hpp"

namespace vignette {

struct Encoded {
  Bytes jpeg;
  int width = 0, height = 0;
};

struct CopyOptions {
  int long_side = 1024;  ///< never enlarged
  int quality = 85;
  std::vector<PictureBox> black;  ///< painted over before anything else happens
  std::size_t max_bytes = 0;      ///< 0: any. Otherwise quality, then size give way until it fits
  Colour background;              ///< under what is transparent
  std::string_view name_hint;
};

/// What a model gets to see: reduced, upright, re-encoded as JPEG without any metadata. The original never
/// leaves the machine.
Result<Encoded> model_copy(ByteView bytes, const CopyOptions& options = {});
Result<Encoded> model_copy(const Pixels& pixels, const CopyOptions& options = {});

}  // namespace vignette
