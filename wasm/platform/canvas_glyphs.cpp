#include "wasm/platform/canvas_glyphs.hpp"

#include <imgui.h>
#include <imgui_internal.h>
#include <vector>

#include "wasm/platform/host_calls.hpp"

// A font source whose rasteriser is the browser's 2D canvas. The search goes through a font's sources in
// order, so this one, being last, sees only what the others do not have.

namespace vignette {
namespace {

// Latin and the icons' private area are the bundled fonts' business: asking the browser for a missing icon
// would draw a box.
bool is_for_us(ImWchar codepoint) {
  return codepoint >= 0xA0 && !(codepoint >= 0xE000 && codepoint < 0xF900) && codepoint != 0xFFFD;
}

/// The faces are loaded in the order regular, semibold (ui::load_fonts).
int weight_of(const ImFontAtlas* atlas, const ImFontConfig* source) {
  return atlas->Fonts.Size > 1 && source->DstFont == atlas->Fonts[1] ? 600 : 400;
}

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar codepoint) { return is_for_us(codepoint); }

bool load(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar codepoint,
          ImFontGlyph* out, float* advance_only) {
  if (!is_for_us(codepoint)) return false;
  const float density = source->RasterizerDensity * baked->RasterizerDensity;
  const float px = baked->Size * density;
  const int weight = weight_of(atlas, source);
  host::GlyphShape shape;
  // An emoji is wider than its size; three times that in each direction holds whatever a font draws.
  const auto side = static_cast<std::size_t>(px * 3) + 8;
  static std::vector<std::uint8_t> rgba;
  if (advance_only == nullptr) rgba.resize(side * side * 4);
  if (!host::glyph(codepoint, px, weight, shape, advance_only ? nullptr : rgba.data(), rgba.size()))
    return false;
  if (advance_only != nullptr) {
    *advance_only = shape.advance / density;
    return true;
  }
  out->Codepoint = codepoint;
  out->AdvanceX = shape.advance / density;
  const int width = static_cast<int>(shape.width);
  const int height = static_cast<int>(shape.height);
  if (width == 0 || height == 0) return true;  // a space of some kind
  const ImFontAtlasRectId rect_id = ImFontAtlasPackAddRect(atlas, width, height);
  if (rect_id == ImFontAtlasRectId_Invalid) return false;
  ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, rect_id);
  out->X0 = shape.left / density;
  out->Y0 = shape.top / density + IM_ROUND(baked->Ascent);
  out->X1 = out->X0 + shape.width / density;
  out->Y1 = out->Y0 + shape.height / density;
  out->Visible = true;
  out->Colored = shape.coloured != 0;
  out->PackId = rect_id;
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, out, rect, rgba.data(), ImTextureFormat_RGBA32,
                                     width * 4);
  return true;
}

}  // namespace

const ImFontLoader* canvas_glyphs() {
  static const ImFontLoader loader = [] {
    ImFontLoader made;
    made.Name = "canvas";
    made.FontSrcContainsGlyph = contains;
    made.FontBakedLoadGlyph = load;
    return made;
  }();
  return &loader;
}

}  // namespace vignette
