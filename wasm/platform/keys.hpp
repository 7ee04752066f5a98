#pragma once
#include <imgui.h>
#include <string_view>

namespace vignette {

/// ImGui's key for a KeyboardEvent.code, ImGuiKey_None for those it does not need.
ImGuiKey key_for_code(std::string_view code);

}  // namespace vignette
