#pragma once
#include <imgui.h>

#include "shared/base/bytes.hpp"

namespace vignette::ui {

/// The faces the app draws with. Null members (native tests have no font files) fall back to ImGui's own
/// font.
struct Fonts {
  ImFont* regular = nullptr;
  ImFont* semibold = nullptr;
  ImFont* icons = nullptr;  ///< Lucide; apart from the text faces so that an icon centres in its own box
};

/// Adds the faces to the current ImGui context's atlas; the bytes are copied. `fallback` rasterises glyphs
/// that no file has (the web layer asks the browser's canvas); it outlives the context.
Fonts load_fonts(ByteView regular_ttf, ByteView semibold_ttf, ByteView icon_ttf,
                 const ImFontLoader* fallback = nullptr);

}  // namespace vignette::ui
