vignette_sources(zlib_source zlib https://github.com/madler/zlib.git v1.3.1)

# Everything but the gz* files, which want a file system.
set(zlib_files adler32 compress crc32 deflate infback inffast inflate inftrees trees uncompr zutil)
list(TRANSFORM zlib_files PREPEND "${zlib_source}/")
list(TRANSFORM zlib_files APPEND ".c")
add_library(vignette_zlib_code STATIC ${zlib_files})
target_include_directories(vignette_zlib_code SYSTEM PUBLIC "${zlib_source}")
target_compile_options(vignette_zlib_code PRIVATE -w -O3 -msimd128)
target_link_libraries(vignette_zlib INTERFACE vignette_zlib_code)
