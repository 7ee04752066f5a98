# Without sockets: every rule of the relay that is a plain function, and its routes over a folder made on the spot.
vignette_test(test_relay
  SOURCES relay/access_line_test.cpp relay/caching_test.cpp relay/command_line_test.cpp relay/conditions_test.cpp
          relay/docs_test.cpp relay/encoding_test.cpp relay/framing_test.cpp relay/http_date_test.cpp
          relay/parse_test.cpp relay/problem_test.cpp relay/ranges_test.cpp relay/router_test.cpp
          relay/site_folder.cpp relay/site_path_test.cpp relay/static_site_test.cpp
  LIBRARIES vignette_relay vignette::nlohmann)
target_compile_definitions(test_relay PRIVATE VIGNETTE_DOCS="${PROJECT_SOURCE_DIR}/docs")

include(httplib)
# Over sockets: the real server in a thread, asked by cpp-httplib as an independent client and by raw bytes.
vignette_test(test_relay_sockets
  SOURCES relay/drain_test.cpp relay/hostile_test.cpp relay/live_server.cpp relay/raw_client.cpp
          relay/server_test.cpp relay/site_folder.cpp
  LIBRARIES vignette_relay vignette::nlohmann vignette::httplib)

# The program itself: its one line, its exit codes, its signals.
find_program(NODE node REQUIRED)
add_test(NAME test_relay_process
  COMMAND "${NODE}" "${CMAKE_CURRENT_SOURCE_DIR}/relay/process_test.mjs" "$<TARGET_FILE:vignette-relay>")
set_tests_properties(test_relay_sockets test_relay_process PROPERTIES TIMEOUT 120)
