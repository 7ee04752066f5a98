# The application without a browser: state, update, commands.
add_library(vignette_app STATIC
  app/args.cpp
  app/caption_commands.cpp
  app/caption_plan.cpp
  app/caption_texts.cpp
  app/captioning.cpp
  app/captioning_view.cpp
  app/commands.cpp
  app/comparing.cpp
  app/connecting.cpp
  app/datasets.cpp
  app/describe.cpp
  app/device.cpp
  app/device_commands.cpp
  app/export_formats.cpp
  app/exporting.cpp
  app/fields.cpp
  app/form_commands.cpp
  app/form_fields.cpp
  app/importing.cpp
  app/interrupted.cpp
  app/journey.cpp
  app/landing.cpp
  app/ledger.cpp
  app/notices.cpp
  app/opening.cpp
  app/outside_texts.cpp
  app/presets.cpp
  app/projects.cpp
  app/run_calls.cpp
  app/run_store.cpp
  app/running.cpp
  app/running_storage.cpp
  app/selecting.cpp
  app/sending.cpp
  app/state.cpp
  app/steps.cpp
  app/storing.cpp
  app/update.cpp
  app/wire.cpp
  app/wire_in.cpp
  app/wire_sending.cpp
  app/wire_storage.cpp
  app/wire_stored.cpp)
vignette_ours(vignette_app)
target_compile_options(vignette_app PRIVATE $<$<AND:$<BOOL:${EMSCRIPTEN}>,$<CONFIG:Release>>:-Oz>)
target_link_libraries(vignette_app PUBLIC vignette_caption vignette_dataset vignette_formats PRIVATE vignette::nlohmann)
