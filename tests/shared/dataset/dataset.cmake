vignette_test(test_dataset
  SOURCES shared/dataset/commands_test.cpp shared/dataset/history_test.cpp
  LIBRARIES vignette_dataset)
