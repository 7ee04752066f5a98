vignette_test(test_local
  SOURCES
    shared/local/detect_test.cpp shared/local/kernels_test.cpp shared/local/kinds_test.cpp shared/local/models_test.cpp shared/local/network_test.cpp
    shared/local/small_network.cpp
  LIBRARIES vignette_local vignette_json)
target_compile_definitions(test_local PRIVATE VIGNETTE_MODELS="${VIGNETTE_CACHE}/models")
