# cmake -DFROM=providers.json -DTO=built_in.cpp -P embed.cmake: the catalogue as a C++ source, so that relay and page carry it.
# In several literals, because compilers promise no more than 64 KB for one.
file(READ "${FROM}" json)
string(LENGTH "${json}" length)
set(literals "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${json}" ${at} 12000 part)
  string(APPEND literals "    R\"catalogue(${part})catalogue\",\n")
  math(EXPR at "${at} + 12000")
endwhile()
file(WRITE "${TO}" "// Made from providers.json by embed.cmake.
#include <string>

#include \"shared/provider/catalogue.hpp\"

namespace vignette::provider {
namespace {
const char* const kParts[] = {
${literals}};
}  // namespace

std::string_view built_in_catalogue_json() {
  static const std::string whole = [] {
    std::string joined;
    for (const char* part : kParts) joined += part;
    return joined;
  }();
  return whole;
}

}  // namespace vignette::provider
")
