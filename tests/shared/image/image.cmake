add_library(pictures STATIC
  shared/image/pictures.cpp shared/image/pictures_jpeg.cpp shared/image/pictures_plain.cpp
  shared/image/pictures_png.cpp shared/image/pictures_webp.cpp)
vignette_ours(pictures)
target_compile_options(pictures PRIVATE -Wno-sign-conversion -Wno-conversion)
target_link_libraries(pictures PUBLIC vignette_image vignette::jpeg vignette::webp vignette::zlib)
if(EMSCRIPTEN)
  target_link_libraries(pictures PUBLIC vignette_webp_encoder)
endif()

vignette_test(test_image
  SOURCES shared/image/copy_test.cpp shared/image/decode_jpeg_test.cpp shared/image/decode_other_test.cpp shared/image/decode_png_test.cpp
          shared/image/decode_webp_test.cpp shared/image/encode_test.cpp shared/image/exif_test.cpp
          shared/image/format_test.cpp shared/image/jpeg_planes_test.cpp shared/image/orient_test.cpp shared/image/phash_test.cpp
          shared/image/probe_test.cpp shared/image/resize_test.cpp shared/image/strip_test.cpp
          shared/image/thumbnail_test.cpp shared/image/tones_test.cpp
  LIBRARIES vignette_image pictures)
include(bench/pictures_bench.cmake)
