# libjpeg-turbo, libwebp (decoder) and zlib compiled for wasm from their own sources, as targets of ours: so the
# presets, ccache and per-file flags work, and nothing has to be configured by running programs.
include(jpeg_wasm)
include(webp_wasm)
include(zlib_wasm)
