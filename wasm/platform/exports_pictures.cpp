#include "wasm/platform/exports.hpp"
#include "wasm/platform/runtime.hpp"

using namespace vignette;

/// Straight RGBA. False when it is larger than a slot of the atlas.
VIGNETTE_EXPORT bool vignette_thumbnail(const char* item, int width, int height, const std::uint8_t* rgba) {
  const bool taken = runtime().textures().add_thumbnail(item, width, height, rgba);
  runtime().touch();
  return taken;
}

/// The pixels lie ready in JavaScript. False when that picture is no longer shown.
VIGNETTE_EXPORT bool vignette_pixels_arrived(const char* item, int width, int height) {
  const bool wanted = runtime().textures().pixels_arrived(item, width, height);
  if (wanted) runtime().touch();
  return wanted;
}

VIGNETTE_EXPORT void vignette_context_lost() { runtime().context_lost(); }
VIGNETTE_EXPORT void vignette_context_restored() { runtime().context_restored(); }
