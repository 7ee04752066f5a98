# Access codes, sessions, limits and money. relay/CMakeLists.txt has, after the target vignette_relay:
#   include(accounts/accounts.cmake)
# Each of the two libraries needs the other: this one the answers' types and Asio's compiled part, that one
# the accounts. CMake and the linker allow it between static libraries.
find_package(OpenSSL 3 REQUIRED)
find_package(Threads REQUIRED)
# Static where the system has it so, for the relay people run needs nothing beside it.
find_library(VIGNETTE_SQLITE NAMES libsqlite3.a sqlite3 REQUIRED)
find_library(VIGNETTE_HIREDIS NAMES libhiredis.a hiredis REQUIRED)

add_library(vignette_accounts STATIC
  accounts/book_tables.cpp
  accounts/book_ticket.cpp
  accounts/books.cpp
  accounts/books_sessions.cpp
  accounts/code_record.cpp
  accounts/code_store.cpp
  accounts/code_text.cpp
  accounts/codes_command.cpp
  accounts/codes_options.cpp
  accounts/codes_print.cpp
  accounts/codes_values.cpp
  accounts/door.cpp
  accounts/embedded.cpp
  accounts/folder.cpp
  accounts/folder_codes.cpp
  accounts/guesses.cpp
  accounts/journal.cpp
  accounts/ledger.cpp
  accounts/mac.cpp
  accounts/moment.cpp
  accounts/problems.cpp
  accounts/redis_accounts.cpp
  accounts/redis_codes.cpp
  accounts/redis_connection.cpp
  accounts/redis_link.cpp
  accounts/redis_scripts.cpp
  accounts/reservation.cpp
  accounts/rows.cpp
  accounts/secrets.cpp
  accounts/sqlite.cpp
  accounts/token.cpp
  accounts/wire.cpp)
vignette_ours(vignette_accounts)
target_link_libraries(vignette_accounts
  PUBLIC vignette_base vignette_relay
  PRIVATE vignette_json OpenSSL::Crypto "${VIGNETTE_SQLITE}" "${VIGNETTE_HIREDIS}" Threads::Threads ${CMAKE_DL_LIBS} m)
target_link_libraries(vignette_relay PUBLIC vignette_accounts)
