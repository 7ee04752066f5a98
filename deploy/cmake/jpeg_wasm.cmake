vignette_sources(jpeg_source libjpeg-turbo https://github.com/libjpeg-turbo/libjpeg-turbo.git 2.1.5)

# What its configure would have found out. SIZEOF_SIZE_T must be given: configure runs a program to learn it.
set(jpeg_config "${CMAKE_BINARY_DIR}/include/jpeg")
set(JPEG_LIB_VERSION 62)
set(VERSION 2.1.5)
set(LIBJPEG_TURBO_VERSION_NUMBER 2001005)
set(BITS_IN_JSAMPLE 8)
set(D_ARITH_CODING_SUPPORTED 1)
set(MEM_SRCDST_SUPPORTED 1)
set(WITH_SIMD 1)
configure_file("${jpeg_source}/jconfig.h.in" "${jpeg_config}/jconfig.h")
set(BUILD vignette)
set(INLINE "inline __attribute__((always_inline))")
set(THREAD_LOCAL "")
set(SIZE_T 4)
set(HAVE_BUILTIN_CTZL 1)
configure_file("${jpeg_source}/jconfigint.h.in" "${jpeg_config}/jconfigint.h")
set(COPYRIGHT_YEAR 1991-2023)
configure_file("${jpeg_source}/jversion.h.in" "${jpeg_config}/jversion.h")
configure_file("${jpeg_source}/simd/arm/neon-compat.h.in" "${jpeg_config}/neon-compat.h")

set(jpeg_files jaricom jcapimin jcapistd jccoefct jccolor jcdctmgr jchuff jcinit jcmainct jcmarker jcmaster jcomapi
  jcparam jcphuff jcprepct jcsample jctrans jdapimin jdapistd jdarith jdatadst jdatasrc jdcoefct jdcolor jddctmgr
  jdhuff jdinput jdmainct jdmarker jdmaster jdmerge jdphuff jdpostct jdsample jdtrans jerror jfdctflt jfdctfst
  jfdctint jidctflt jidctfst jidctint jidctred jmemmgr jmemnobs jquant1 jquant2 jutils)
list(TRANSFORM jpeg_files PREPEND "${jpeg_source}/")
list(TRANSFORM jpeg_files APPEND ".c")

# Its NEON kernels are C with intrinsics, and Emscripten translates those to wasm SIMD.
# Debian's Emscripten leaves the translation to libsimde-dev; elsewhere its own arm_neon.h is whole.
find_path(SIMDE_INCLUDE simde/arm/neon.h HINTS "${VIGNETTE_CACHE}/root/usr/include" /usr/include
  NO_CMAKE_FIND_ROOT_PATH)
set(jpeg_neon_include "${CMAKE_BINARY_DIR}/include/neon")
if(SIMDE_INCLUDE)
  file(MAKE_DIRECTORY "${jpeg_neon_include}")
  file(CREATE_LINK "${SIMDE_INCLUDE}/simde" "${jpeg_neon_include}/simde" SYMBOLIC)
  file(CONFIGURE OUTPUT "${jpeg_neon_include}/arm_neon.h"
    CONTENT "#define SIMDE_ENABLE_NATIVE_ALIASES\n#include <simde/arm/neon.h>\n")
endif()
set(jpeg_neon_files jccolor-neon jcsample-neon jdcolor-neon jdsample-neon jfdctint-neon jidctint-neon jidctred-neon
  jquanti-neon)
list(TRANSFORM jpeg_neon_files PREPEND "${jpeg_source}/simd/arm/")
list(TRANSFORM jpeg_neon_files APPEND ".c")

add_library(vignette_jpeg_code STATIC ${jpeg_files} ${jpeg_neon_files} "${CMAKE_CURRENT_LIST_DIR}/jpeg_simd_wasm.c")
target_include_directories(vignette_jpeg_code SYSTEM PUBLIC "${jpeg_config}" "${jpeg_source}")
target_include_directories(vignette_jpeg_code PRIVATE "${jpeg_neon_include}" "${jpeg_source}/simd/arm")
target_compile_options(vignette_jpeg_code PRIVATE -w -O3 -msimd128)
set_source_files_properties(${jpeg_neon_files} PROPERTIES COMPILE_OPTIONS "-mfpu=neon")
# size_t has 32 bits in wasm but registers have 64: these files hold a 64-bit bit buffer when told that they are on
# x32, the one other such machine they know. Nothing else in them looks at these names.
set_source_files_properties("${jpeg_source}/jdhuff.c" "${jpeg_source}/jdphuff.c" "${jpeg_source}/jchuff.c"
  PROPERTIES COMPILE_DEFINITIONS "__x86_64__;__ILP32__")
target_link_libraries(vignette_jpeg INTERFACE vignette_jpeg_code)
