# vignette-emulator: a stand-in for all providers. Needs nothing of the test set-up, so the top level can include it
# in builds without tests:   include(tests/emulator/emulator.cmake)
# Included again by tests/, it only adds its own tests.
set(emulator_dir "${PROJECT_SOURCE_DIR}/tests/emulator")
if(NOT TARGET vignette_emulator)
  include(httplib)

  add_library(vignette_emulator STATIC
    "${emulator_dir}/emulator.cpp"
    "${emulator_dir}/visit.cpp"
    "${emulator_dir}/control/control.cpp"
    "${emulator_dir}/core/answer.cpp"
    "${emulator_dir}/core/call.cpp"
    "${emulator_dir}/core/clock.cpp"
    "${emulator_dir}/core/deliver.cpp"
    "${emulator_dir}/core/digest.cpp"
    "${emulator_dir}/core/faults.cpp"
    "${emulator_dir}/core/journal.cpp"
    "${emulator_dir}/core/keys.cpp"
    "${emulator_dir}/core/models.cpp"
    "${emulator_dir}/core/rule.cpp"
    "${emulator_dir}/core/world.cpp"
    "${emulator_dir}/mind/paint.cpp"
    "${emulator_dir}/mind/prompt.cpp"
    "${emulator_dir}/mind/question.cpp"
    "${emulator_dir}/mind/structure.cpp"
    "${emulator_dir}/mind/vectors.cpp"
    "${emulator_dir}/providers/anthropic.cpp"
    "${emulator_dir}/providers/dam.cpp"
    "${emulator_dir}/providers/gemini.cpp"
    "${emulator_dir}/providers/gemini_compat.cpp"
    "${emulator_dir}/providers/gemini_embed.cpp"
    "${emulator_dir}/providers/gemini_files.cpp"
    "${emulator_dir}/providers/gemini_generate.cpp"
    "${emulator_dir}/providers/gemini_interactions.cpp"
    "${emulator_dir}/providers/groq.cpp"
    "${emulator_dir}/providers/hf.cpp"
    "${emulator_dir}/providers/local_servers.cpp"
    "${emulator_dir}/providers/mistral.cpp"
    "${emulator_dir}/providers/nvidia.cpp"
    "${emulator_dir}/providers/ollama.cpp"
    "${emulator_dir}/providers/openai.cpp"
    "${emulator_dir}/providers/openai_audio.cpp"
    "${emulator_dir}/providers/openai_chat.cpp"
    "${emulator_dir}/providers/openai_images.cpp"
    "${emulator_dir}/providers/openai_responses.cpp"
    "${emulator_dir}/providers/openai_shape.cpp"
    "${emulator_dir}/providers/openrouter.cpp"
    "${emulator_dir}/providers/provider.cpp"
    "${emulator_dir}/providers/replicate.cpp"
    "${emulator_dir}/providers/sdwebui.cpp"
    "${emulator_dir}/providers/together.cpp"
    "${emulator_dir}/providers/whispercpp.cpp"
    "${emulator_dir}/senses/colours.cpp"
    "${emulator_dir}/senses/patches.cpp"
    "${emulator_dir}/senses/picture.cpp"
    "${emulator_dir}/senses/segments.cpp"
    "${emulator_dir}/senses/sound.cpp"
    "${emulator_dir}/wire/crew.cpp"
    "${emulator_dir}/wire/server.cpp"
    "${emulator_dir}/wire/wire.cpp")
  vignette_ours(vignette_emulator)
  target_link_libraries(vignette_emulator
    PUBLIC vignette_base vignette_image vignette_httplib vignette::nlohmann
    PRIVATE vignette::webp)

  add_executable(vignette-emulator "${emulator_dir}/main.cpp")
  vignette_ours(vignette-emulator)
  target_link_libraries(vignette-emulator PRIVATE vignette_emulator)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    set_target_properties(vignette-emulator PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_SOURCE_DIR}/build/bin")
  endif()
endif()

if(COMMAND vignette_test)
  vignette_test(test_emulator
    SOURCES
      "${emulator_dir}/tests/client.cpp"
      "${emulator_dir}/tests/faults_test.cpp"
      "${emulator_dir}/tests/openai_test.cpp"
      "${emulator_dir}/tests/providers_test.cpp"
      "${emulator_dir}/tests/replicate_test.cpp"
    LIBRARIES vignette_emulator)
endif()
