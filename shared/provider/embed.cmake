# Data that relay and page carry inside themselves: a JSON file as a C++ source.
#
#   include(provider/embed.cmake)
#   vignette_embed(built_in provider/providers.json shared/provider/catalogue.hpp vignette::provider built_in_catalogue_json)
#   add_library(… "${built_in}")
#
# The header declares `std::string_view built_in_catalogue_json();` in the namespace.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(VIGNETTE_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")
  function(vignette_embed variable json header namespace function)
    set(made "${CMAKE_CURRENT_BINARY_DIR}/${json}.cpp")
    add_custom_command(OUTPUT "${made}"
      COMMAND "${CMAKE_COMMAND}" "-DFROM=${CMAKE_CURRENT_SOURCE_DIR}/${json}" "-DTO=${made}" "-DHEADER=${header}"
              "-DNAMESPACE=${namespace}" "-DFUNCTION=${function}" -P "${VIGNETTE_EMBED_SCRIPT}"
      DEPENDS "${json}" "${VIGNETTE_EMBED_SCRIPT}"
      VERBATIM)
    set(${variable} "${made}" PARENT_SCOPE)
  endfunction()
  return()
endif()

# In several literals, because compilers promise no more than 64 KB for one.
file(READ "${FROM}" json)
string(LENGTH "${json}" length)
set(literals "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${json}" ${at} 12000 part)
  string(APPEND literals "    R\"embedded(${part})embedded\",\n")
  math(EXPR at "${at} + 12000")
endwhile()
get_filename_component(name "${FROM}" NAME)
file(WRITE "${TO}" "// Made from ${name} by embed.cmake.
#include <string>

#include \"${HEADER}\"

namespace ${NAMESPACE} {
namespace {
const char* const kParts[] = {
${literals}};
}  // namespace

std::string_view ${FUNCTION}() {
  static const std::string whole = [] {
    std::string joined;
    for (const char* part : kParts) joined += part;
    return joined;
  }();
  return whole;
}

}  // namespace ${NAMESPACE}
")
