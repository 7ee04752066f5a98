# Pictures: what they are, decoding, turning, resizing, encoding, hashing, stripping. Knows nothing of datasets.
add_library(vignette_stb_image STATIC image/stb_image.cpp)
target_link_libraries(vignette_stb_image PUBLIC vignette::stb)
target_compile_options(vignette_stb_image PRIVATE -w $<$<CONFIG:Release>:-O3>)
if(EMSCRIPTEN)
  target_compile_options(vignette_stb_image PRIVATE -msimd128)
endif()

add_library(vignette_image STATIC
  image/blackout.cpp
  image/copy.cpp
  image/decode.cpp
  image/decode_jpeg.cpp
  image/decode_stb.cpp
  image/decode_webp.cpp
  image/encode_jpeg.cpp
  image/encode_planes.cpp
  image/encode_png.cpp
  image/exif.cpp
  image/format.cpp
  image/gif_blocks.cpp
  image/jpeg_errors.cpp
  image/jpeg_huffman.cpp
  image/jpeg_idct_small.cpp
  image/jpeg_planes.cpp
  image/jpeg_segments.cpp
  image/lanczos.cpp
  image/limits.cpp
  image/orient.cpp
  image/phash.cpp
  image/pixels.cpp
  image/plane_kernels$<$<BOOL:${EMSCRIPTEN}>:_wasm>.cpp
  image/planes.cpp
  image/png_writer.cpp
  image/probe.cpp
  image/probe_heif.cpp
  image/probe_jpeg.cpp
  image/probe_plain.cpp
  image/probe_png.cpp
  image/probe_text.cpp
  image/probe_webp.cpp
  image/resize.cpp
  image/resize_plane.cpp
  image/strip.cpp
  image/thumbnail.cpp
  image/tones.cpp)
vignette_ours(vignette_image)
target_link_libraries(vignette_image PUBLIC vignette_base
  PRIVATE vignette_stb_image vignette::stb vignette::jpeg vignette::webp vignette::zlib)
# Decoding is what the site spends its time on: fast beats small here.
target_compile_options(vignette_image PRIVATE $<$<CONFIG:Release>:-O3>)
if(EMSCRIPTEN)
  target_compile_options(vignette_image PRIVATE -msimd128)
endif()
if(VIGNETTE_FUZZ)  # the fuzzer sees which branches an input takes, in stb_image as well
  target_compile_options(vignette_image PRIVATE -fsanitize=fuzzer-no-link)
  target_compile_options(vignette_stb_image PRIVATE -fsanitize=fuzzer-no-link)
endif()
