# Where every library comes from. Each ends as a target named vignette::<library>, so the rest of the build need
# not know. The order is: what the command line gives, what deploy/setup put into the cache, the system's own.
include(FetchContent)

# A header-only library: `header` found in the cache's unpacked packages or in the system.
function(vignette_header_library name header)
  find_path(VIGNETTE_${name}_INCLUDE "${header}"
    HINTS "${VIGNETTE_CACHE}/root/usr/include" "${VIGNETTE_CACHE}/root/usr/include/${name}"
          /usr/include "/usr/include/${name}"
    NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  add_library(vignette_${name} INTERFACE)
  add_library(vignette::${name} ALIAS vignette_${name})
  # /usr/include itself must not reach the wasm build: it holds the wrong C library. A link to the one
  # header (or folder of headers) does.
  get_filename_component(top "${header}" DIRECTORY)
  if(EMSCRIPTEN AND VIGNETTE_${name}_INCLUDE STREQUAL "/usr/include")
    set(link "${CMAKE_BINARY_DIR}/include/${name}")
    file(MAKE_DIRECTORY "${link}")
    if(top)
      file(CREATE_LINK "/usr/include/${top}" "${link}/${top}" SYMBOLIC)
    else()
      file(CREATE_LINK "/usr/include/${header}" "${link}/${header}" SYMBOLIC)
    endif()
    target_include_directories(vignette_${name} SYSTEM INTERFACE "${link}")
  else()
    target_include_directories(vignette_${name} SYSTEM INTERFACE "${VIGNETTE_${name}_INCLUDE}")
  endif()
endfunction()

# The sources of a library: the cache's, or fetched from upstream where there is no Debian.
function(vignette_sources out name repository tag)
  if(EXISTS "${VIGNETTE_CACHE}/src/${name}")
    set(${out} "${VIGNETTE_CACHE}/src/${name}" PARENT_SCOPE)
  else()
    FetchContent_Declare(${name} GIT_REPOSITORY "${repository}" GIT_TAG "${tag}" GIT_SHALLOW ON SOURCE_SUBDIR none)
    FetchContent_MakeAvailable(${name})
    set(${out} "${${name}_SOURCE_DIR}" PARENT_SCOPE)
  endif()
endfunction()

vignette_header_library(nlohmann nlohmann/json.hpp)
vignette_header_library(xxhash xxhash.h)
vignette_header_library(stb stb_image.h)
if(VIGNETTE_TESTS OR VIGNETTE_FUZZ)
  vignette_header_library(doctest doctest/doctest.h)
endif()
if(VIGNETTE_RELAY AND NOT EMSCRIPTEN)
  vignette_header_library(boost boost/beast.hpp)
endif()

include(imgui)
include(pictures)  # libjpeg-turbo, libwebp, zlib
