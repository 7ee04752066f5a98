vignette_sources(webp_source libwebp https://chromium.googlesource.com/webm/libwebp v1.5.0)

# The decoder. libwebp has no wasm kernels of its own; its SSE2 ones go through Emscripten's translation of the
# intrinsics, which is close to one to one.
set(webp_files
  dec/alpha_dec dec/buffer_dec dec/frame_dec dec/idec_dec dec/io_dec dec/quant_dec dec/tree_dec dec/vp8_dec
  dec/vp8l_dec dec/webp_dec
  dsp/alpha_processing dsp/alpha_processing_sse2 dsp/alpha_processing_sse41 dsp/cpu dsp/dec dsp/dec_clip_tables
  dsp/dec_sse2 dsp/dec_sse41 dsp/filters dsp/filters_sse2 dsp/lossless dsp/lossless_sse2 dsp/lossless_sse41
  dsp/rescaler dsp/rescaler_sse2 dsp/upsampling dsp/upsampling_sse2 dsp/upsampling_sse41 dsp/yuv dsp/yuv_sse2
  dsp/yuv_sse41
  utils/bit_reader_utils utils/color_cache_utils utils/filters_utils utils/huffman_utils utils/palette
  utils/quant_levels_dec_utils utils/random_utils utils/rescaler_utils utils/thread_utils utils/utils)
list(TRANSFORM webp_files PREPEND "${webp_source}/src/")
list(TRANSFORM webp_files APPEND ".c")
add_library(vignette_webp_code STATIC ${webp_files})
target_include_directories(vignette_webp_code SYSTEM PUBLIC "${webp_source}/src")
target_include_directories(vignette_webp_code PRIVATE "${webp_source}")
# EMSCRIPTEN: its cpu.c answers "yes" to every kernel that was compiled in.
target_compile_definitions(vignette_webp_code PRIVATE EMSCRIPTEN=1)
target_compile_options(vignette_webp_code PRIVATE -w -O3 -msimd128 -msse4.1)
target_link_libraries(vignette_webp INTERFACE vignette_webp_code)

# The encoder, for tests only: they make their own pictures.
set(webp_encoder_files
  dsp/cost dsp/cost_sse2 dsp/enc dsp/enc_sse2 dsp/enc_sse41 dsp/lossless_enc dsp/lossless_enc_sse2
  dsp/lossless_enc_sse41 dsp/ssim dsp/ssim_sse2
  enc/alpha_enc enc/analysis_enc enc/backward_references_cost_enc enc/backward_references_enc enc/config_enc
  enc/cost_enc enc/filter_enc enc/frame_enc enc/histogram_enc enc/iterator_enc enc/near_lossless_enc
  enc/picture_csp_enc enc/picture_enc enc/picture_psnr_enc enc/picture_rescale_enc enc/picture_tools_enc
  enc/predictor_enc enc/quant_enc enc/syntax_enc enc/token_enc enc/tree_enc enc/vp8l_enc enc/webp_enc
  utils/bit_writer_utils utils/huffman_encode_utils utils/quant_levels_utils)
list(TRANSFORM webp_encoder_files PREPEND "${webp_source}/src/")
list(TRANSFORM webp_encoder_files APPEND ".c")
add_library(vignette_webp_encoder STATIC EXCLUDE_FROM_ALL ${webp_encoder_files}
  "${webp_source}/sharpyuv/sharpyuv.c" "${webp_source}/sharpyuv/sharpyuv_cpu.c" "${webp_source}/sharpyuv/sharpyuv_csp.c"
  "${webp_source}/sharpyuv/sharpyuv_dsp.c" "${webp_source}/sharpyuv/sharpyuv_gamma.c"
  "${webp_source}/sharpyuv/sharpyuv_sse2.c")
target_include_directories(vignette_webp_encoder PRIVATE "${webp_source}")
target_compile_definitions(vignette_webp_encoder PRIVATE EMSCRIPTEN=1)
target_compile_options(vignette_webp_encoder PRIVATE -w -O2 -msimd128 -msse4.1)
target_link_libraries(vignette_webp_encoder PUBLIC vignette_webp_code)
