# Dear ImGui from its sources, compiled with our imconfig. Natively it draws to nothing (tests);
# in the site the OpenGL 3 back end draws to WebGL 2.
vignette_sources(imgui_source imgui https://github.com/ocornut/imgui.git v1.92.2b)

add_library(vignette_imgui STATIC
  "${imgui_source}/imgui.cpp"
  "${imgui_source}/imgui_draw.cpp"
  "${imgui_source}/imgui_tables.cpp"
  "${imgui_source}/imgui_widgets.cpp")
add_library(vignette::imgui ALIAS vignette_imgui)
target_include_directories(vignette_imgui SYSTEM PUBLIC "${imgui_source}")
target_include_directories(vignette_imgui PRIVATE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(vignette_imgui PUBLIC IMGUI_USER_CONFIG="wasm/ui/imconfig.hpp")
target_compile_features(vignette_imgui PUBLIC cxx_std_20)
# The UI module is shipped to every visitor: small beats fast, and the debug build still draws smoothly.
target_compile_options(vignette_imgui PRIVATE -w $<$<CONFIG:Release>:-Oz>)
if(EMSCRIPTEN)
  target_sources(vignette_imgui PRIVATE "${imgui_source}/backends/imgui_impl_opengl3.cpp")
  target_include_directories(vignette_imgui SYSTEM PUBLIC "${imgui_source}/backends")
  # The back end asks the context for its state before every frame; see wasm/platform/gl_answers.cpp.
  set_source_files_properties("${imgui_source}/backends/imgui_impl_opengl3.cpp" PROPERTIES
    COMPILE_DEFINITIONS "glGetIntegerv=vignette_gl_get;glIsEnabled=vignette_gl_is_enabled")
endif()
