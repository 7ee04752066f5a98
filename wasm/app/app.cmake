# The application without a browser: state, update, commands.
add_library(vignette_app STATIC
  app/args.cpp
  app/commands.cpp
  app/describe.cpp
  app/exporting.cpp
  app/fields.cpp
  app/importing.cpp
  app/notices.cpp
  app/running.cpp
  app/selecting.cpp
  app/state.cpp
  app/steps.cpp
  app/update.cpp
  app/wire.cpp)
vignette_ours(vignette_app)
target_compile_options(vignette_app PRIVATE $<$<AND:$<BOOL:${EMSCRIPTEN}>,$<CONFIG:Release>>:-Oz>)
target_link_libraries(vignette_app PUBLIC vignette_dataset vignette_formats PRIVATE vignette::nlohmann)
