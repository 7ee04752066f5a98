#pragma once
#include <emscripten.h>
#include <string>

// What JavaScript may call, in wasm/platform/exports_*.cpp: plain C functions, strings as UTF-8 with a zero
// at the end, sizes and times as numbers. wasm/js/host/bridge.mjs is the other side.
#define VIGNETTE_EXPORT extern "C" EMSCRIPTEN_KEEPALIVE

namespace vignette {

/// Keeps a returned text alive until the next text is returned.
const char* returned(std::string text);

}  // namespace vignette
