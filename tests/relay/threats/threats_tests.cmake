# The rows of the threat table that are functions; the others ask the real program, and run with node:
#   node --test tests/relay/clients/*.test.mjs tests/relay/threats/*.test.mjs
vignette_test(test_relay_threats
  SOURCES relay/threats/destination_test.cpp
  LIBRARIES vignette_relay)

# A hundred thousand hostile requests before the program itself (a million with VIGNETTE_SOAK=1).
add_executable(relay_hostile relay/threats/hostile.cpp)
vignette_ours(relay_hostile)
add_test(NAME test_relay_hostile
  COMMAND "${NODE}" "${CMAKE_CURRENT_LIST_DIR}/hostile_test.mjs" "$<TARGET_FILE:vignette-relay>"
          "$<TARGET_FILE:relay_hostile>")
set_tests_properties(test_relay_hostile PROPERTIES TIMEOUT 300)
