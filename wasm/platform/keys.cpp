#include "wasm/platform/keys.hpp"

#include <array>
#include <utility>

namespace vignette {
namespace {

// Letters and digits are not here: chords of them are commands (wasm/app/commands.hpp), and text is typed
// into DOM fields. ImGui itself needs what moves the focus and presses things.
constexpr std::array<std::pair<std::string_view, ImGuiKey>, 17> kKeys = {{
    {"Tab", ImGuiKey_Tab},
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace},
    {"Space", ImGuiKey_Space},
    {"Enter", ImGuiKey_Enter},
    {"NumpadEnter", ImGuiKey_KeypadEnter},
    {"Escape", ImGuiKey_Escape},
    {"F2", ImGuiKey_F2},
}};

}  // namespace

ImGuiKey key_for_code(std::string_view code) {
  for (const auto& [name, key] : kKeys) {
    if (name == code) return key;
  }
  return ImGuiKey_None;
}

}  // namespace vignette
