# vignette_test(name SOURCES… LIBRARIES…): one doctest program, registered with ctest.
function(vignette_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} "${PROJECT_SOURCE_DIR}/tests/doctest_main.cpp" ${TEST_SOURCES})
  vignette_ours(${name})
  # doctest's own macros trip over a few of our warnings.
  target_compile_options(${name} PRIVATE -Wno-sign-conversion -Wno-conversion)
  target_link_libraries(${name} PRIVATE vignette::doctest ${TEST_LIBRARIES})
  add_test(NAME ${name} COMMAND ${name} --no-colors=true)
  if(EMSCRIPTEN)
    target_compile_definitions(${name} PRIVATE DOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS)
    target_link_options(${name} PRIVATE -sALLOW_MEMORY_GROWTH=1 -sENVIRONMENT=node -sEXIT_RUNTIME=1 -sNODERAWFS=1 -sSTACK_SIZE=1MB)
  endif()
endfunction()

vignette_test(test_base
  SOURCES shared/base/base64_test.cpp shared/base/time_test.cpp shared/base/utf8_test.cpp shared/base/hash_test.cpp
  LIBRARIES vignette_base)
include(shared/image/image.cmake)
include(shared/archive/archive.cmake)
include(shared/dataset/dataset.cmake)
include(shared/formats/formats.cmake)
include(shared/json/json.cmake)
include(shared/provider/provider.cmake)
include(shared/caption/caption.cmake)
include(shared/local/local.cmake)
