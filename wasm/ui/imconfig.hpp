#pragma once
// Dear ImGui's compile-time settings for Vignette.
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DEFINE_MATH_OPERATORS
#define IMGUI_USE_WCHAR32         // emoji lie past U+FFFF
#define ImDrawIdx unsigned int    // WebGL 2 has no base vertex; lists grow past 64 K vertices
#define IMGUI_ENABLE_TEST_ENGINE  // the item hooks, which we implement ourselves (wasm/ui/tree)
