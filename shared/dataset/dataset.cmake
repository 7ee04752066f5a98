add_library(vignette_dataset STATIC
  dataset/affix.cpp
  dataset/change.cpp
  dataset/change_json.cpp
  dataset/commands.cpp
  dataset/document.cpp
  dataset/history.cpp
  dataset/item.cpp
  dataset/replace.cpp)
vignette_ours(vignette_dataset)
target_link_libraries(vignette_dataset PUBLIC vignette_image vignette_json vignette_base)
