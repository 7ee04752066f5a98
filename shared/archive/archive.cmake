add_library(vignette_archive STATIC
  archive/crc32.cpp
  archive/dos_time.cpp
  archive/tar.cpp
  archive/zip_directory.cpp
  archive/zip_entry.cpp
  archive/zip_locate.cpp
  archive/zip_names.cpp
  archive/zip_writer.cpp)
vignette_ours(vignette_archive)
target_link_libraries(vignette_archive PUBLIC vignette_base PRIVATE vignette::zlib)
if(EMSCRIPTEN)
  target_compile_options(vignette_archive PRIVATE -msimd128)
endif()
