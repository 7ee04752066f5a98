set(built_in "${CMAKE_CURRENT_BINARY_DIR}/provider/built_in.cpp")
add_custom_command(OUTPUT "${built_in}"
  COMMAND "${CMAKE_COMMAND}" "-DFROM=${CMAKE_CURRENT_SOURCE_DIR}/provider/providers.json" "-DTO=${built_in}"
          -P "${CMAKE_CURRENT_SOURCE_DIR}/provider/embed.cmake"
  DEPENDS provider/providers.json provider/embed.cmake
  VERBATIM)
add_library(vignette_provider STATIC
  "${built_in}"
  provider/adapter.cpp
  provider/answer.cpp
  provider/answer_stream.cpp
  provider/anthropic.cpp
  provider/body_writer.cpp
  provider/catalogue.cpp
  provider/dam.cpp
  provider/describe.cpp
  provider/drawing.cpp
  provider/embedding.cpp
  provider/error.cpp
  provider/error_words.cpp
  provider/face_error.cpp
  provider/face_reply.cpp
  provider/face_request.cpp
  provider/fetch.cpp
  provider/gemini.cpp
  provider/hf_task.cpp
  provider/http_call.cpp
  provider/listing.cpp
  provider/media.cpp
  provider/model.cpp
  provider/multipart.cpp
  provider/nvidia.cpp
  provider/ollama.cpp
  provider/openai_audio.cpp
  provider/openai_chat.cpp
  provider/openai_embeddings.cpp
  provider/openai_images.cpp
  provider/openai_responses.cpp
  provider/plan.cpp
  provider/price.cpp
  provider/redact.cpp
  provider/replicate.cpp
  provider/sdwebui.cpp
  provider/sse.cpp
  provider/think.cpp
  provider/wait.cpp)
vignette_ours(vignette_provider)
target_link_libraries(vignette_provider PUBLIC vignette_json vignette_base)
