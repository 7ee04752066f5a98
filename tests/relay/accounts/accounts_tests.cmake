# Access codes, limits and money. Redis is a real one (redis-tools has the whole server).
add_executable(accounts_hammer relay/accounts/hammer.cpp)
vignette_ours(accounts_hammer)
target_link_libraries(accounts_hammer PRIVATE vignette_accounts vignette_relay)

vignette_test(test_relay_accounts
  SOURCES relay/accounts/books_test.cpp relay/accounts/crash_test.cpp relay/accounts/places.cpp
          relay/accounts/redis_test.cpp relay/accounts/rules_test.cpp relay/accounts/secrecy_test.cpp
          relay/accounts/store_test.cpp
  LIBRARIES vignette_accounts vignette_relay)
target_compile_definitions(test_relay_accounts PRIVATE ACCOUNTS_HAMMER="$<TARGET_FILE:accounts_hammer>")
add_dependencies(test_relay_accounts accounts_hammer)
set_tests_properties(test_relay_accounts PROPERTIES TIMEOUT 300)

# The command line as people and scripts use it, its CSV read by Python's own reader.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME test_relay_codes
  COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/codes_test.py" "$<TARGET_FILE:vignette-relay>"
          "$<TARGET_FILE:accounts_hammer>")
set_tests_properties(test_relay_codes PROPERTIES TIMEOUT 120)

# Figures, in Release only: cmake --build … --target bench_accounts
add_executable(bench_accounts EXCLUDE_FROM_ALL relay/accounts/bench_accounts.cpp relay/accounts/places.cpp)
vignette_ours(bench_accounts)
target_link_libraries(bench_accounts PRIVATE vignette_accounts vignette_relay)
