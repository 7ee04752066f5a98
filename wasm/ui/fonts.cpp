#include "wasm/ui/fonts.hpp"

#include <cstring>

#include "wasm/ui/theme.hpp"

namespace vignette::ui {
namespace {

// Icons live in the private use area; a text face must not answer for them.
constexpr ImWchar kPrivateUse[] = {0xE000, 0xF8FF, 0};

ImFont* add_file(ByteView ttf, bool icons) {
  if (ttf.empty()) return nullptr;
  void* copy = ImGui::MemAlloc(ttf.size());  // the atlas frees it
  std::memcpy(copy, ttf.data(), ttf.size());
  ImFontConfig config;
  if (!icons) config.GlyphExcludeRanges = kPrivateUse;
  return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(copy, static_cast<int>(ttf.size()), kBody, &config);
}

void add_fallback(const ImFontLoader* loader) {
  if (!loader) return;
  ImFontConfig config;
  config.MergeMode = true;
  config.FontLoader = loader;
  config.SizePixels = kBody;
  ImGui::GetIO().Fonts->AddFont(&config);
}

}  // namespace

Fonts load_fonts(ByteView regular_ttf, ByteView semibold_ttf, ByteView icon_ttf,
                 const ImFontLoader* fallback) {
  Fonts fonts;
  fonts.regular = add_file(regular_ttf, false);
  if (fonts.regular) add_fallback(fallback);
  fonts.semibold = add_file(semibold_ttf, false);
  if (fonts.semibold) add_fallback(fallback);
  fonts.icons = add_file(icon_ttf, true);
  return fonts;
}

}  // namespace vignette::ui
