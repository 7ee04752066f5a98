# The picture fuzzers. Seeds: picture_seeds <folder>, then sniff_fuzz <folder> and so on.
add_executable(picture_seeds fuzz/picture_seeds.cpp)
vignette_ours(picture_seeds)
target_link_libraries(picture_seeds PRIVATE pictures)
add_dependencies(fuzzers picture_seeds)
vignette_fuzz(sniff_fuzz SOURCES fuzz/sniff_fuzz.cpp LIBRARIES vignette_image)
vignette_fuzz(exif_fuzz SOURCES fuzz/exif_fuzz.cpp LIBRARIES vignette_image)
vignette_fuzz(decode_fuzz SOURCES fuzz/decode_fuzz.cpp LIBRARIES vignette_image)
