# The wasm toolchain: the Emscripten that deploy/setup unpacked; elsewhere the one named by $EMSDK.
include("${CMAKE_CURRENT_LIST_DIR}/cache.cmake")
set(_emscripten "${VIGNETTE_CACHE}/root/usr/share/emscripten")
if(NOT EXISTS "${_emscripten}" AND DEFINED ENV{EMSDK})
  set(_emscripten "$ENV{EMSDK}/upstream/emscripten")
endif()
include("${_emscripten}/cmake/Modules/Platform/Emscripten.cmake")
