vignette_test(test_dataset
  SOURCES shared/dataset/change_test.cpp shared/dataset/commands_test.cpp shared/dataset/history_test.cpp
          shared/dataset/replace_test.cpp
  LIBRARIES vignette_dataset)
