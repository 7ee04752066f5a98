# Flags for code we wrote. Libraries of others come in as SYSTEM includes and are not judged.
function(vignette_ours target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
      -Wold-style-cast -Wcast-qual -Werror>
    # Designated initialisers leave the rest at their defaults on purpose.
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-missing-field-initializers>
    $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-missing-designated-field-initializers -Wno-missing-field-initializers>)
endfunction()
