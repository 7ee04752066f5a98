# core.wasm, the module the workers run: pictures, sums and archives, no user interface. The folder build/<preset>/core
# is complete: the module, its glue and the scripts that use it, ready to be copied into a site or imported by node.
set(core_dir "${CMAKE_BINARY_DIR}/core")
add_executable(vignette_core
  worker/core_image.cpp
  worker/core_local.cpp
  worker/core_sum.cpp
  worker/core_zip.cpp
  worker/reply.cpp)
vignette_ours(vignette_core)
target_compile_options(vignette_core PRIVATE -msimd128)
target_link_libraries(vignette_core PRIVATE vignette_base vignette_image vignette_archive vignette_local
  vignette_caption vignette::nlohmann)
target_link_options(vignette_core PRIVATE
  -O3 -msimd128 --no-entry
  -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createCore -sENVIRONMENT=web,worker,node
  -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=16MB -sMAXIMUM_MEMORY=2GB
  # stb_image's and libwebp's deepest calls want more than the usual 64 KB.
  -sSTACK_SIZE=256KB
  -sEXPORTED_FUNCTIONS=_malloc,_free -sEXPORTED_RUNTIME_METHODS=HEAPU8
  # An abort becomes an exception in JavaScript; the pool then replaces the worker.
  -sABORTING_MALLOC=0)
set_target_properties(vignette_core PROPERTIES
  OUTPUT_NAME core SUFFIX .mjs RUNTIME_OUTPUT_DIRECTORY "${core_dir}")

set(core_scripts errors.mjs job_queue.mjs jobs_local.mjs jobs_picture.mjs jobs_sum.mjs jobs_text.mjs jobs_zip.mjs memory.mjs pool.mjs reading.mjs
  worker.mjs zip.mjs)
foreach(script IN LISTS core_scripts)
  set(from "${CMAKE_CURRENT_SOURCE_DIR}/js/core/${script}")
  add_custom_command(OUTPUT "${core_dir}/${script}"
    COMMAND ${CMAKE_COMMAND} -E copy "${from}" "${core_dir}/${script}" DEPENDS "${from}" VERBATIM)
  list(APPEND core_copies "${core_dir}/${script}")
endforeach()
add_custom_target(vignette_core_scripts ALL DEPENDS ${core_copies})
add_dependencies(vignette_core_scripts vignette_core)
