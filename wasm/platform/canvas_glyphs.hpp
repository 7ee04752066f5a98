#pragma once
struct ImFontLoader;

namespace vignette {

/// Characters the bundled fonts lack (kanji, kana, Hangul, emoji, …) are drawn by the browser, with the fonts
/// the machine has: no font for them is ever downloaded. Goes last among a font's sources.
const ImFontLoader* canvas_glyphs();

}  // namespace vignette
