vignette_test(test_formats
  SOURCES shared/formats/pairing_test.cpp shared/formats/replicate_test.cpp
  LIBRARIES vignette_formats)
