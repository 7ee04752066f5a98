#include <imgui.h>
#include <imgui_internal.h>

#include "wasm/platform/exports.hpp"
#include "wasm/platform/keys.hpp"
#include "wasm/platform/node_questions.hpp"
#include "wasm/platform/runtime.hpp"

// Pointer, keyboard and focus, in CSS pixels. ImGui queues them itself; each asks for a frame.

using namespace vignette;

namespace {

ImGuiIO& io() { return ImGui::GetIO(); }

}  // namespace

/// 0 mouse, 1 finger, 2 pen.
VIGNETTE_EXPORT void vignette_pointer_move(float x, float y, int source) {
  io().AddMouseSourceEvent(source == 1   ? ImGuiMouseSource_TouchScreen
                           : source == 2 ? ImGuiMouseSource_Pen
                                         : ImGuiMouseSource_Mouse);
  io().AddMousePosEvent(x, y);
  runtime().touch();
}

VIGNETTE_EXPORT void vignette_pointer_left() {
  io().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  runtime().touch();
}

VIGNETTE_EXPORT void vignette_pointer_button(int button, bool down) {
  io().AddMouseButtonEvent(button, down);
  runtime().touch();
}

/// In lines, as ImGui counts: positive y is up.
VIGNETTE_EXPORT void vignette_wheel(float x, float y) {
  io().AddMouseWheelEvent(x, y);
  runtime().touch();
}

/// False when ImGui has no use for the key.
VIGNETTE_EXPORT bool vignette_key(const char* code, bool down) {
  const ImGuiKey key = key_for_code(code);
  if (key == ImGuiKey_None) return false;
  io().AddKeyEvent(key, down);
  runtime().touch();
  return true;
}

/// Bits: 1 Ctrl, 2 Shift, 4 Alt, 8 Cmd. No frame of its own: a modifier alone changes nothing on screen.
VIGNETTE_EXPORT void vignette_modifiers(int bits) {
  io().AddKeyEvent(ImGuiMod_Ctrl, (bits & 1) != 0);
  io().AddKeyEvent(ImGuiMod_Shift, (bits & 2) != 0);
  io().AddKeyEvent(ImGuiMod_Alt, (bits & 4) != 0);
  io().AddKeyEvent(ImGuiMod_Super, (bits & 8) != 0);
}

/// Characters for ImGui's own inputs, should one ever have the focus; ours are DOM fields.
VIGNETTE_EXPORT void vignette_text(const char* utf8) {
  if (!io().WantTextInput) return;
  io().AddInputCharactersUTF8(utf8);
  runtime().touch();
}

/// Losing it releases all keys and buttons: their release will happen elsewhere.
VIGNETTE_EXPORT void vignette_focus(bool focused) {
  io().AddFocusEvent(focused);
  runtime().touch();
}

/// A popup of ImGui's own is open and wants plain keys for itself.
VIGNETTE_EXPORT bool vignette_popup_open() {
  return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

/// Moves the slider of that id, in its own units.
VIGNETTE_EXPORT void vignette_set_value(unsigned id, float value) {
  runtime().views().wanted_values[id] = value;
  runtime().touch();
}

/// Presses the widget of that id, as Enter on it would. For the mirrored DOM; see Node::id.
VIGNETTE_EXPORT void vignette_activate(unsigned id) {
  ImGui::ActivateItemByID(id);
  runtime().touch();
}

/// ImGui takes about one key or click a frame; whether more wait.
VIGNETTE_EXPORT bool vignette_input_waits() { return !ImGui::GetCurrentContext()->InputEventsQueue.empty(); }

/// Tab, with the modifiers told before. ImGui would spend the first one on showing where the focus is.
VIGNETTE_EXPORT void vignette_tab() {
  if (ImGui::GetCurrentContext()->NavId != 0) ImGui::SetNavCursorVisible(true);
  io().AddKeyEvent(ImGuiKey_Tab, true);
  io().AddKeyEvent(ImGuiKey_Tab, false);
  runtime().touch();
}

/// Whether Tab would go past the last widget (or before the first): then the focus leaves the app.
VIGNETTE_EXPORT bool vignette_tab_leaves(bool backwards) {
  return is_at_end(runtime().last_frame().nodes, backwards);
}

/// Whether a finger's stroke that begins here drags something rather than scrolls.
VIGNETTE_EXPORT bool vignette_drags_at(float x, float y) {
  return drags_at(runtime().last_frame().nodes, x, y);
}
