#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

// What C++ asks of JavaScript: each function is one line into `module.host` (wasm/js/host/host.mjs), so that
// real JavaScript lives in files of its own.

namespace vignette::host {

/// An effect as JSON. Called synchronously from update, so that a click still counts as the person's own act.
void effect(const std::string& json);
/// Draw soon.
void wake();
/// The widget tree changed; JavaScript fetches it when it has time.
void nodes_changed();
/// The text fields on screen, as JSON: {"open": {field, item} or null, "slots": […]}.
void fields(const std::string& json);
/// ImGuiMouseCursor.
void cursor(int shape);
void copy_text(const char* text);
void want_thumbnails(const std::string& ids_json);
/// "" when no picture is wanted any more. `long_side` 0: in full.
void want_pixels(const std::string& item, int long_side);
/// Copies a rectangle of the pixels kept in JavaScript into the texture bound to TEXTURE_2D.
void upload_tile(int x, int y, int width, int height);
/// The pixels of the picture are no longer needed over there.
void drop_pixels();

/// A character drawn by the browser.
struct GlyphShape {
  float advance = 0;  ///< all in device pixels
  float width = 0, height = 0;
  float left = 0, top = 0;  ///< from the pen position on the baseline
  float coloured = 0;       ///< not 0: emoji, keep its colours
};
/// `rgba` may be null to ask for the measures only. False when the browser draws nothing for it.
bool glyph(std::uint32_t codepoint, float px, int weight, GlyphShape& shape, std::uint8_t* rgba,
           std::size_t room);

struct RunSize {
  int width = 0, height = 0;  ///< device pixels
};
/// Draws a whole text; sizes in device pixels, `wrap_px` 0 means one line. Width 0 when there is nothing to
/// see.
RunSize shape_run(const std::string& text, float px, float wrap_px, std::uint32_t rgba);
/// Copies the run drawn last into the texture bound to TEXTURE_2D.
void upload_run();

}  // namespace vignette::host
