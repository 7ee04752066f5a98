add_library(vignette_formats STATIC
  formats/export_names.cpp
  formats/pairing.cpp
  formats/replicate.cpp)
vignette_ours(vignette_formats)
target_link_libraries(vignette_formats PUBLIC vignette_dataset)
