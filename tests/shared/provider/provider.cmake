vignette_test(test_provider
  SOURCES
    shared/provider/catalogue_test.cpp shared/provider/error_test.cpp shared/provider/face_test.cpp shared/provider/media_test.cpp
    shared/provider/multipart_test.cpp shared/provider/plan_test.cpp shared/provider/price_test.cpp shared/provider/recognise_test.cpp shared/provider/redact_test.cpp
    shared/provider/reply_test.cpp shared/provider/request_test.cpp shared/provider/sse_test.cpp shared/provider/stream_test.cpp
    shared/provider/think_test.cpp shared/provider/wait_test.cpp
  LIBRARIES vignette_provider)
target_compile_definitions(test_provider PRIVATE VIGNETTE_GOLDEN="${PROJECT_SOURCE_DIR}/tests/golden/provider")
