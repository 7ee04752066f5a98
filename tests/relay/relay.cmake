# Without sockets: every rule of the relay that is a plain function, and its routes over a folder made on the spot.
vignette_test(test_relay
  SOURCES relay/access_line_test.cpp relay/caching_test.cpp relay/chat_edits_test.cpp relay/command_line_test.cpp
          relay/conditions_test.cpp
          relay/docs_test.cpp relay/encoding_test.cpp relay/framing_test.cpp relay/http_date_test.cpp
          relay/parse_test.cpp relay/problem_test.cpp relay/ranges_test.cpp relay/router_test.cpp
          relay/site_folder.cpp relay/site_path_test.cpp relay/skim_test.cpp relay/static_site_test.cpp
          relay/upstream_test.cpp
  LIBRARIES vignette_relay vignette::nlohmann)
target_compile_definitions(test_relay PRIVATE VIGNETTE_DOCS="${PROJECT_SOURCE_DIR}/docs")

include(httplib)
# Over sockets: the real server in a thread, asked by cpp-httplib as an independent client and by raw bytes.
vignette_test(test_relay_sockets
  SOURCES relay/drain_test.cpp relay/hostile_test.cpp relay/live_server.cpp relay/race_test.cpp
          relay/raw_client.cpp relay/server_test.cpp relay/site_folder.cpp
  LIBRARIES vignette_relay vignette::nlohmann vignette::httplib)

# The program itself: its one line, its exit codes, its signals.
find_program(NODE node REQUIRED)
add_test(NAME test_relay_process
  COMMAND "${NODE}" "${CMAKE_CURRENT_SOURCE_DIR}/relay/process_test.mjs" "$<TARGET_FILE:vignette-relay>")
# The program before the emulator: every kind of provider, and what happens when they fail.
foreach(part forward faults)
  add_test(NAME test_relay_${part}
    COMMAND "${NODE}" "${CMAKE_CURRENT_SOURCE_DIR}/relay/${part}_test.mjs" "$<TARGET_FILE:vignette-relay>"
            "$<TARGET_FILE:vignette-emulator>")
endforeach()
set_tests_properties(test_relay_sockets test_relay_process test_relay_forward test_relay_faults PROPERTIES TIMEOUT 180)

include(relay/accounts/accounts_tests.cmake)
include(relay/threats/threats_tests.cmake)
