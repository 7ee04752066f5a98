vignette_test(test_caption
  SOURCES
    shared/caption/checks_test.cpp shared/caption/description_test.cpp shared/caption/estimate_test.cpp shared/caption/failure_test.cpp shared/caption/from_seen_test.cpp shared/caption/nonsense_test.cpp
    shared/caption/pacer_properties_test.cpp shared/caption/pacer_test.cpp shared/caption/parameters_test.cpp
    shared/caption/preset_test.cpp shared/caption/request_test.cpp shared/caption/scope_test.cpp shared/caption/sentences_test.cpp
    shared/caption/variables_test.cpp shared/caption/word_diff_test.cpp
  LIBRARIES vignette_caption)
target_compile_definitions(test_caption PRIVATE VIGNETTE_GOLDEN="${PROJECT_SOURCE_DIR}/tests/golden/provider")
