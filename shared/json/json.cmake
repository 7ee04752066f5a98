add_library(vignette_json STATIC
  json/limits.cpp
  json/read.cpp
  json/salvage.cpp
  json/writer.cpp)
vignette_ours(vignette_json)
target_link_libraries(vignette_json PUBLIC vignette_base vignette::nlohmann)
