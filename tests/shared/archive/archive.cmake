vignette_test(test_archive
  SOURCES shared/archive/crc32_test.cpp shared/archive/tar_test.cpp shared/archive/zip_reader_test.cpp shared/archive/zip_writer_test.cpp
  LIBRARIES vignette_archive)

# Our archives in other programs, and theirs here.
if(NOT EMSCRIPTEN)
  add_executable(test_zip_peers shared/archive/zip_peers.cpp)
  vignette_ours(test_zip_peers)
  target_link_libraries(test_zip_peers PRIVATE vignette_archive)
  add_test(NAME test_zip_peers
    COMMAND python3 "${CMAKE_CURRENT_SOURCE_DIR}/shared/archive/zip_peers.py" $<TARGET_FILE:test_zip_peers>)
  add_executable(test_tar_peers shared/archive/tar_peers.cpp)
  vignette_ours(test_tar_peers)
  target_link_libraries(test_tar_peers PRIVATE vignette_formats)
  add_test(NAME test_tar_peers
    COMMAND python3 "${CMAKE_CURRENT_SOURCE_DIR}/shared/archive/tar_peers.py" $<TARGET_FILE:test_tar_peers>)
endif()
