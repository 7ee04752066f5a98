// vignette-relay: one process, one thread. Exit codes: 0 drained after a signal, 1 could not start or
// something that was checked does not work, 2 the command line makes no sense.
#include <cstdio>
#include <string_view>
#include <variant>
#include <vector>

#include "relay/accounts/codes_command.hpp"
#include "relay/config/command_line.hpp"
#include "relay/serve.hpp"

namespace {

using namespace vignette;
using namespace vignette::relay;

int fail(const Error& error, int exit_code) {
  std::fprintf(stderr, "vignette-relay: %s %s\n", error.message.c_str(), error.hint.c_str());
  return exit_code;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string_view> arguments(values + 1, values + count);
  if (!arguments.empty() && arguments[0] == "codes") return run_codes(std::span(arguments).subspan(1));
  const auto command = parse_command_line(arguments);
  if (!command) return fail(command.error(), 2);
  if (std::holds_alternative<ShowHelp>(*command)) {
    std::fputs(help_text().c_str(), stdout);
    return 0;
  }
  if (std::holds_alternative<ShowVersion>(*command)) {
    std::puts("vignette-relay " VIGNETTE_VERSION);
    return 0;
  }
  if (const auto* check = std::get_if<Check>(&*command)) {
    const auto checked = check_configuration(check->settings);
    if (!checked) return fail(checked.error(), 1);
    return *checked ? 0 : 1;
  }
  const auto served = serve(std::get<Settings>(*command));
  return served ? 0 : fail(served.error(), 1);
}
