# All of them, and nothing else of the tree:  cmake --build --preset fuzz --target fuzzers
add_custom_target(fuzzers)

# vignette_fuzz(name SOURCES… LIBRARIES…): one libFuzzer program for a parser of foreign bytes;
# tests/fuzz/run.mjs runs them.
function(vignette_fuzz name)
  cmake_parse_arguments(FUZZ "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${FUZZ_SOURCES})
  vignette_ours(${name})
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${name} PRIVATE ${FUZZ_LIBRARIES})
  add_dependencies(fuzzers ${name})
endfunction()

vignette_fuzz(zip_fuzz SOURCES fuzz/zip_fuzz.cpp LIBRARIES vignette_archive)
vignette_fuzz(provider_stream_fuzz SOURCES fuzz/provider_stream_fuzz.cpp LIBRARIES vignette_provider)
vignette_fuzz(provider_reply_fuzz SOURCES fuzz/provider_reply_fuzz.cpp LIBRARIES vignette_provider)
vignette_fuzz(provider_face_fuzz SOURCES fuzz/provider_face_fuzz.cpp LIBRARIES vignette_provider)
include(fuzz/pictures_fuzz.cmake)
include(fuzz/relay_fuzz.cmake)
