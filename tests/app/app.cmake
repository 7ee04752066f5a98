vignette_test(test_app
  SOURCES app/caption_test.cpp app/import_test.cpp app/script_test.cpp app/selection_test.cpp
  LIBRARIES vignette_app vignette::nlohmann)
vignette_test(test_captioning
  SOURCES app/captioning_test.cpp app/export_formats_test.cpp app/looking_test.cpp
  LIBRARIES vignette_app vignette::nlohmann)
vignette_test(test_storing
  SOURCES app/caption_texts_test.cpp app/datasets_test.cpp app/storing_test.cpp
  LIBRARIES vignette_app vignette::nlohmann)
include(app/ui/ui.cmake)
