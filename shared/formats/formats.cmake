add_library(vignette_formats STATIC
  formats/clip_estimate.cpp
  formats/effective.cpp
  formats/export_names.cpp
  formats/export_plan.cpp
  formats/pairing.cpp
  formats/replicate.cpp
  formats/webdata.cpp
  formats/webdataset.cpp)
vignette_ours(vignette_formats)
target_link_libraries(vignette_formats PUBLIC vignette_dataset vignette_archive vignette_json)
