vignette_test(test_json
  SOURCES shared/json/read_test.cpp shared/json/salvage_test.cpp shared/json/writer_test.cpp
  LIBRARIES vignette_json)
