# The site's main module: app.mjs and app.wasm. JavaScript owns the loop and the canvas; Emscripten's own runtime
# is kept to memory and the WebGL glue.
add_executable(vignette_site_app
  main.cpp
  platform/canvas_glyphs.cpp
  platform/exports_app.cpp
  platform/exports_input.cpp
  platform/exports_pictures.cpp
  platform/frame_json.cpp
  platform/gl_answers.cpp
  platform/host_calls.cpp
  platform/keys.cpp
  platform/node_questions.cpp
  platform/picture_tiles.cpp
  platform/runtime.cpp
  platform/shaped_runs.cpp
  platform/textures.cpp
  platform/thumbnail_atlas.cpp)
vignette_ours(vignette_site_app)
set_target_properties(vignette_site_app PROPERTIES OUTPUT_NAME app SUFFIX .mjs CXX_EXTENSIONS ON)
target_link_libraries(vignette_site_app PRIVATE vignette_ui vignette::imgui vignette::nlohmann)
target_compile_options(vignette_site_app PRIVATE -msimd128 $<$<CONFIG:Release>:-Oz>)
# GLSL ES 3.00 shaders: those of 1.00 take texture coordinates in half precision, which on phones is too coarse
# for an atlas of 2048 pixels.
target_compile_definitions(vignette_imgui PUBLIC IMGUI_IMPL_OPENGL_ES3)
target_link_options(vignette_site_app PRIVATE
  $<IF:$<CONFIG:Debug>,-O1,-Oz>
  --no-entry
  -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=web
  -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2
  -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0
  -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=32MB -sMAXIMUM_MEMORY=1GB -sSTACK_SIZE=1MB
  $<IF:$<CONFIG:Debug>,-sASSERTIONS=1,-sMALLOC=emmalloc>
  -sEXPORTED_FUNCTIONS=_malloc,_free
  -sEXPORTED_RUNTIME_METHODS=HEAPU8,HEAPF32,HEAP32,UTF8ToString,GL)
