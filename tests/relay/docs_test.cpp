// The page about the relay states options and limits; these must be the ones in the code.
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <string>

#include "relay/config/options.hpp"
#include "relay/http/limits.hpp"

using namespace vignette::relay;

namespace {

std::string page() {
  std::ifstream file(VIGNETTE_DOCS "/relay.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("docs/relay.md lists every option of serve") {
  for (const Option& o : serve_options()) {
    const std::string row = "| `" + std::string(o.name) + " " + std::string(o.value_name) + "` | " +
                            std::string(o.standard) + " | " + std::string(o.meaning) + " |\n";
    INFO("missing: " << row);
    CHECK(page().find(row) != std::string::npos);
  }
}

TEST_CASE("docs/relay.md lists every limit") {
  for (const LimitRow& l : limit_rows(Limits{})) {
    const std::string row = "| " + l.name + " | " + l.value + " | " + l.meaning + " |\n";
    INFO("missing: " << row);
    CHECK(page().find(row) != std::string::npos);
  }
}
