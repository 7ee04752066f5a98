vignette_test(test_formats
  SOURCES shared/formats/effective_test.cpp shared/formats/pairing_test.cpp shared/formats/replicate_test.cpp
          shared/formats/webdata_test.cpp shared/formats/webdataset_test.cpp
  LIBRARIES vignette_formats)
