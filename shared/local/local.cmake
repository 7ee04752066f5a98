# Looking at pictures without anybody's help: networks of convolutions, run here. Knows nothing of captions.
add_library(vignette_local STATIC
  local/classify.cpp
  local/detect.cpp
  local/half.cpp
  local/kernels.cpp
  local/kinds.cpp
  local/network.cpp
  local/network_read.cpp)
vignette_ours(vignette_local)
target_link_libraries(vignette_local PUBLIC vignette_image vignette_base PRIVATE vignette_json)
# These loops are all it does: fast beats small, also where the rest is built for debugging.
target_compile_options(vignette_local PRIVATE -O3)
if(EMSCRIPTEN)
  target_compile_options(vignette_local PRIVATE -msimd128)
endif()
