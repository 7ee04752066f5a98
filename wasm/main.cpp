#include <GLES3/gl3.h>
#include <algorithm>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <memory>

#include "wasm/platform/canvas_glyphs.hpp"
#include "wasm/platform/exports.hpp"
#include "wasm/platform/host_calls.hpp"
#include "wasm/platform/runtime.hpp"
#include "wasm/ui/fonts.hpp"

// Boot and the frame loop. JavaScript owns the loop: it calls vignette_frame when the browser wants a
// picture, and only when there is one to draw.

namespace vignette {
namespace {

std::unique_ptr<Runtime> the_runtime;

void set_up_imgui(bool mac) {
  ImGui::CreateContext();
  ui::configure();
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigMacOSXBehaviors = mac;
  io.BackendPlatformName = "vignette";
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  ImGui::GetPlatformIO().Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
    host::copy_text(text);
  };
  // ImGui's default atlas may grow to 8192, more than many phones' graphics can take.
  GLint largest = 2048;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
  io.Fonts->TexMaxWidth = io.Fonts->TexMaxHeight = std::min(largest, 4096);
}

}  // namespace

Runtime& runtime() { return *the_runtime; }

}  // namespace vignette

using namespace vignette;

/// Once, with a current WebGL 2 context. The fonts are TrueType files and copied.
VIGNETTE_EXPORT void vignette_start(const std::uint8_t* regular, std::size_t regular_bytes,
                                    const std::uint8_t* semibold, std::size_t semibold_bytes,
                                    const std::uint8_t* icons, std::size_t icon_bytes,
                                    int thumbnail_megabytes, bool mac) {
  set_up_imgui(mac);
  the_runtime = std::make_unique<Runtime>(static_cast<std::size_t>(thumbnail_megabytes) << 20);
  ui::Views& views = runtime().views();
  views.fonts = ui::load_fonts({regular, regular_bytes}, {semibold, semibold_bytes}, {icons, icon_bytes},
                               canvas_glyphs());
  views.shaper = &runtime().shaped_runs();
  ImGui_ImplOpenGL3_Init("#version 300 es");
}

VIGNETTE_EXPORT void vignette_resize(int device_width, int device_height, float density) {
  runtime().resize(device_width, device_height, density);
}

/// Third-party licence texts for the About dialog; may come late.
VIGNETTE_EXPORT void vignette_licences(const char* text) {
  runtime().views().licences = text;
  runtime().touch();
}

/// 0: again at the next chance; more: in so many ms; less: not before something happens.
VIGNETTE_EXPORT double vignette_frame(double now_ms) { return runtime().draw_frame(now_ms); }
VIGNETTE_EXPORT void vignette_timer() { runtime().timer_rang(); }
VIGNETTE_EXPORT double vignette_next_timer() { return runtime().next_timer(); }
VIGNETTE_EXPORT bool vignette_settled() { return runtime().settled(); }
