# What the relay is measured with: an upstream that costs next to nothing, and many clients that wait.
foreach(part upstream holder)
  add_executable(bench-${part} "${CMAKE_CURRENT_LIST_DIR}/${part}.cpp")
  vignette_ours(bench-${part})
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    set_target_properties(bench-${part} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_SOURCE_DIR}/build/bin")
  endif()
endforeach()
