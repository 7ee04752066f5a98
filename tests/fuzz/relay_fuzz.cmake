# Parts of the relay that read strangers' bytes. Compiled here: the fuzz build leaves the relay itself out.
if(NOT TARGET vignette::boost)
  vignette_header_library(boost boost/beast.hpp)
endif()
set(relay_dir "${PROJECT_SOURCE_DIR}/relay")
vignette_fuzz(relay_skim_fuzz
  SOURCES fuzz/relay_skim_fuzz.cpp "${relay_dir}/forward/skim.cpp" "${relay_dir}/forward/usage.cpp"
  LIBRARIES vignette_provider vignette::nlohmann)
vignette_fuzz(relay_request_fuzz
  SOURCES fuzz/relay_request_fuzz.cpp "${relay_dir}/http/file.cpp" "${relay_dir}/http/framing.cpp"
          "${relay_dir}/http/message.cpp" "${relay_dir}/http/parse.cpp" "${relay_dir}/upstream/chunks.cpp"
  LIBRARIES vignette_base vignette::boost)
