#pragma once
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "relay/config/options.hpp"

namespace vignette::relay {

struct ShowHelp {};
struct ShowVersion {};
struct Check {
  Settings settings;
};
using Command = std::variant<Settings, Check, ShowHelp, ShowVersion>;

/// The arguments after the program's name: "serve --port 8080 --site=build/site". An option may be given
/// once; an unknown one is refused, so that a typing mistake never starts a server that does something else.
Result<Command> parse_command_line(std::span<const std::string_view> arguments);

std::string help_text();

}  // namespace vignette::relay
