#include "relay/config/command_line.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace vignette;
using namespace vignette::relay;

namespace {

Result<Command> parsed(std::vector<std::string_view> arguments) { return parse_command_line(arguments); }

Settings settings_of(std::vector<std::string_view> arguments) {
  const auto command = parsed(std::move(arguments));
  REQUIRE(command);
  REQUIRE(std::holds_alternative<Settings>(*command));
  return std::get<Settings>(*command);
}

}  // namespace

TEST_CASE("serve without options listens on this machine only") {
  const Settings settings = settings_of({"serve"});
  CHECK(settings.host == "127.0.0.1");
  CHECK(settings.port == 8080);
  CHECK(settings.site.empty());
}

TEST_CASE("options take their value after a space or an equals sign") {
  const Settings settings = settings_of({"serve", "--site=build/site", "--port", "0", "--host", "::1"});
  CHECK(settings.site == "build/site");
  CHECK(settings.port == 0);
  CHECK(settings.host == "::1");
}

TEST_CASE("a mistake in the command line is named, and nothing is started") {
  const auto message = [](std::vector<std::string_view> arguments) {
    const auto command = parsed(std::move(arguments));
    REQUIRE_FALSE(command);
    CHECK_FALSE(command.error().hint.empty());
    return command.error().message;
  };
  CHECK(message({}).find("vignette-relay serve") != std::string::npos);
  CHECK(message({"start"}) == "There is no command start; there are `serve`, `check` and `codes`.");
  CHECK(message({"serve", "--dta", "d"}) ==
        "`serve` has no option --dta; it has --port, --host, --site, --data, --config, --admin.");
  CHECK(message({"serve", "8080"}).find("no option 8080") != std::string::npos);
  CHECK(message({"serve", "--port"}) == "--port needs a value: N.");
  CHECK(message({"serve", "--site="}) == "--site needs a value: DIR.");
  CHECK(message({"serve", "--site", "--port"}) == "--site needs a value: DIR.");
  CHECK(message({"serve", "--port", "1", "--port=2"}) == "--port is given twice.");
  for (const char* port : {"65536", "-1", "80a", "http", "1e3"}) {
    CHECK(message({"serve", "--port", port}) == "--port " + std::string(port) + " is not a port.");
  }
}

TEST_CASE("help names every option") {
  REQUIRE(parsed({"--help"}));
  CHECK(std::holds_alternative<ShowHelp>(*parsed({"--help"})));
  CHECK(std::holds_alternative<ShowHelp>(*parsed({"serve", "--help"})));
  CHECK(std::holds_alternative<ShowVersion>(*parsed({"--version"})));
  for (const Option& option : serve_options()) CHECK(help_text().find(option.name) != std::string::npos);
}
