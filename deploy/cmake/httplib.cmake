# cpp-httplib: the independent peer of the relay's tests, and what the emulator is made of. Debian's package is split:
# a header of declarations and a library, which must be compiled against with the options the library was built with
# (they change the size of its classes). Elsewhere the header is all.
include_guard(GLOBAL)
find_path(HTTPLIB_INCLUDE httplib.h REQUIRED)
find_library(HTTPLIB_LIBRARY cpp-httplib)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto SSL)
add_library(vignette_httplib INTERFACE)
add_library(vignette::httplib ALIAS vignette_httplib)
target_link_libraries(vignette_httplib INTERFACE Threads::Threads OpenSSL::SSL OpenSSL::Crypto)
if(HTTPLIB_LIBRARY)
  target_compile_definitions(vignette_httplib INTERFACE
    CPPHTTPLIB_OPENSSL_SUPPORT CPPHTTPLIB_ZLIB_SUPPORT CPPHTTPLIB_BROTLI_SUPPORT)
  target_link_libraries(vignette_httplib INTERFACE "${HTTPLIB_LIBRARY}")
endif()
if(NOT HTTPLIB_INCLUDE STREQUAL "/usr/include")
  target_include_directories(vignette_httplib SYSTEM INTERFACE "${HTTPLIB_INCLUDE}")
endif()
