#pragma once
#include "shared/image/pixels.hpp"

namespace vignette {

struct ResizeOptions {
  /// Average light, not its gamma-coded numbers: fine bright detail keeps its brightness. Slower; worth it
  /// for pictures people export, not for thumbnails.
  bool linear_light = false;
};

/// Lanczos with three lobes, on premultiplied colour so that transparent pixels do not bleed; enlarges too.
Pixels resize(const Pixels& from, int width, int height, ResizeOptions options = {});

}  // namespace vignette
