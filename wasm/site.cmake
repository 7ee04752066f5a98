# The site: everything of build/site, from the two wasm modules, the scripts and public/. Another build folder than
# the preset's (a second developer, a trial) gets a site of its own, inside it.
find_program(VIGNETTE_NODE node REQUIRED)

if(CMAKE_BINARY_DIR STREQUAL "${PROJECT_SOURCE_DIR}/build/wasm")
  set(site_dir "${PROJECT_SOURCE_DIR}/build/site")
else()
  set(site_dir "${CMAKE_BINARY_DIR}/site")
endif()
set(site_work "${CMAKE_BINARY_DIR}/site-work")
set(site_core "$<TARGET_FILE_DIR:vignette_core>")

# Which scripts are read is known only to the bundler, which writes it down for the next time.
add_custom_command(OUTPUT "${site_work}/site.stamp"
  COMMAND "${VIGNETTE_NODE}" "${CMAKE_CURRENT_SOURCE_DIR}/js/build/site.mjs"
    --root "${PROJECT_SOURCE_DIR}" --app "$<TARGET_FILE:vignette_site_app>" --core "${site_core}"
    --out "${site_dir}" --work "${site_work}" --cache "${VIGNETTE_CACHE}" --depfile "${site_work}/site.d"
  DEPENDS vignette_site_app vignette_core vignette_core_scripts
    js/build/site.mjs js/build/output.mjs js/build/bundle.mjs js/build/fonts.mjs js/build/icons.mjs js/build/kept.mjs
    js/build/licences.mjs js/build/networks.mjs
  DEPFILE "${site_work}/site.d"
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
  COMMENT "Building the site"
  VERBATIM)
add_custom_target(vignette_site ALL DEPENDS "${site_work}/site.stamp")
