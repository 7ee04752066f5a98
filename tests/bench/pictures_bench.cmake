# The picture library as a module that node and browsers load for measuring: build/<dir>/tests/bench_pictures.mjs
if(EMSCRIPTEN)
  add_executable(bench_pictures EXCLUDE_FROM_ALL bench/pictures_module.cpp)
  vignette_ours(bench_pictures)
  target_link_libraries(bench_pictures PRIVATE vignette_image pictures)
  target_compile_options(bench_pictures PRIVATE -msimd128 -O3)
  set_target_properties(bench_pictures PROPERTIES SUFFIX ".mjs")
  target_link_options(bench_pictures PRIVATE -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=node,web,worker
    -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=512KB --no-entry
    "-sEXPORTED_FUNCTIONS=_bench_input,_bench_photo,_bench_thumbnail,_bench_copy,_bench_decode,_bench_output,_bench_output_size,_bench_width,_bench_height"
    -sEXPORTED_RUNTIME_METHODS=HEAPU8)
endif()
