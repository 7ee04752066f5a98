# What the relay is measured with: an upstream that costs next to nothing, many clients that wait, and
# one that asks evenly.
foreach(part upstream holder pacer)
  add_executable(bench-${part} "${CMAKE_CURRENT_LIST_DIR}/${part}.cpp")
  vignette_ours(bench-${part})
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    set_target_properties(bench-${part} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_SOURCE_DIR}/build/bin")
  endif()
endforeach()
