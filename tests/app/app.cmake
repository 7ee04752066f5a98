vignette_test(test_app
  SOURCES app/caption_test.cpp app/import_test.cpp app/script_test.cpp app/selection_test.cpp
  LIBRARIES vignette_app vignette::nlohmann)
include(app/ui/ui.cmake)
