# The views, drawn without a renderer: what is on screen, what clicks and keys become.
vignette_test(test_ui
  SOURCES app/ui/caption_room_test.cpp app/ui/captioning_views_test.cpp app/ui/durable_test.cpp app/ui/export_room_test.cpp app/ui/fake_screen.cpp app/ui/grid_layout_test.cpp
          app/ui/grid_test.cpp app/ui/overlays_test.cpp app/ui/rooms_test.cpp app/ui/theme_test.cpp
          app/ui/text_class_test.cpp app/ui/words_test.cpp
  LIBRARIES vignette_ui)
