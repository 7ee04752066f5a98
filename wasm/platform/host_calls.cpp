#include "wasm/platform/host_calls.hpp"

#include <emscripten.h>

EM_JS(void, vignette_host_effect, (const char* json), { Module.host.effect(UTF8ToString(json)); });
EM_JS(void, vignette_host_wake, (), { Module.host.wake(); });
EM_JS(void, vignette_host_nodes_changed, (), { Module.host.nodesChanged(); });
EM_JS(void, vignette_host_fields, (const char* json), { Module.host.fields(UTF8ToString(json)); });
EM_JS(void, vignette_host_cursor, (int shape), { Module.host.cursor(shape); });
EM_JS(void, vignette_host_copy, (const char* text), { Module.host.copyText(UTF8ToString(text)); });
EM_JS(void, vignette_host_want_thumbnails, (const char* json),
      { Module.host.wantThumbnails(UTF8ToString(json)); });
EM_JS(void, vignette_host_want_pixels, (const char* item, int side),
      { Module.host.wantPixels(UTF8ToString(item), side); });
EM_JS(void, vignette_host_upload_tile, (int x, int y, int w, int h), { Module.host.uploadTile(x, y, w, h); });
EM_JS(void, vignette_host_drop_pixels, (), { Module.host.dropPixels(); });
EM_JS(int, vignette_host_glyph,
      (unsigned codepoint, float px, int weight, float* shape, void* rgba, unsigned room),
      { return Module.host.glyph(codepoint, px, weight, shape, rgba, room); });
EM_JS(void, vignette_host_shape, (const char* text, float px, float wrap, unsigned rgba, int* size),
      { Module.host.shapeRun(UTF8ToString(text), px, wrap, rgba, size); });
EM_JS(void, vignette_host_upload_run, (), { Module.host.uploadRun(); });

namespace vignette::host {

void effect(const std::string& json) { vignette_host_effect(json.c_str()); }
void wake() { vignette_host_wake(); }
void nodes_changed() { vignette_host_nodes_changed(); }
void fields(const std::string& json) { vignette_host_fields(json.c_str()); }
void cursor(int shape) { vignette_host_cursor(shape); }
void copy_text(const char* text) { vignette_host_copy(text); }
void want_thumbnails(const std::string& ids_json) { vignette_host_want_thumbnails(ids_json.c_str()); }
void want_pixels(const std::string& item, int long_side) {
  vignette_host_want_pixels(item.c_str(), long_side);
}
void upload_tile(int x, int y, int width, int height) { vignette_host_upload_tile(x, y, width, height); }
void drop_pixels() { vignette_host_drop_pixels(); }

bool glyph(std::uint32_t codepoint, float px, int weight, GlyphShape& shape, std::uint8_t* rgba,
           std::size_t room) {
  static_assert(sizeof(GlyphShape) == 6 * sizeof(float), "JavaScript writes it as six floats");
  return vignette_host_glyph(codepoint, px, weight, &shape.advance, rgba, static_cast<unsigned>(room)) != 0;
}

RunSize shape_run(const std::string& text, float px, float wrap_px, std::uint32_t rgba) {
  static_assert(sizeof(RunSize) == 2 * sizeof(int), "JavaScript writes it as two integers");
  RunSize size;
  vignette_host_shape(text.c_str(), px, wrap_px, rgba, &size.width);
  return size;
}
void upload_run() { vignette_host_upload_run(); }

}  // namespace vignette::host
