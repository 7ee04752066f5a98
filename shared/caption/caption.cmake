include(provider/embed.cmake)
vignette_embed(presets caption/presets.json shared/caption/preset.hpp vignette::caption built_in_presets_json)
add_library(vignette_caption STATIC
  "${presets}"
  caption/answer_text.cpp
  caption/checks.cpp
  caption/checks_json.cpp
  caption/description.cpp
  caption/estimate.cpp
  caption/examine.cpp
  caption/failure.cpp
  caption/from_seen.cpp
  caption/judge.cpp
  caption/loops.cpp
  caption/nouns.cpp
  caption/pacer.cpp
  caption/parameter_values.cpp
  caption/parameters.cpp
  caption/phrases.cpp
  caption/preset.cpp
  caption/preset_json.cpp
  caption/request.cpp
  caption/scope.cpp
  caption/seen.cpp
  caption/sentences.cpp
  caption/variables.cpp
  caption/word_diff.cpp)
vignette_ours(vignette_caption)
target_link_libraries(vignette_caption PUBLIC vignette_provider vignette_dataset vignette_json vignette_base)
