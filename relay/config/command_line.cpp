#include "relay/config/command_line.hpp"

#include <algorithm>
#include <set>

namespace vignette::relay {
namespace {

Error usage(std::string message) {
  return {.code = ErrorCode::InvalidInput,
          .message = std::move(message),
          .hint = "`vignette-relay --help` lists what there is."};
}

Result<Command> parse_serve(std::span<const std::string_view> arguments) {
  Settings settings;
  std::set<std::string_view> given;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--help" || argument == "-h") return Command(ShowHelp{});
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    const auto options = serve_options();
    const auto option =
        std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
    if (option == options.end()) {
      std::string known;
      for (const Option& o : options) known += (known.empty() ? "" : ", ") + std::string(o.name);
      return usage("`serve` has no option " + std::string(name) + "; it has " + known + ".");
    }
    if (!given.insert(option->name).second) return usage(std::string(name) + " is given twice.");
    std::string_view value;
    if (equals != std::string_view::npos) {
      value = argument.substr(equals + 1);
    } else if (i + 1 < arguments.size() && !arguments[i + 1].starts_with("--")) {
      value = arguments[++i];
    }
    if (value.empty())
      return usage(std::string(name) + " needs a value: " + std::string(option->value_name) + ".");
    if (auto applied = option->apply(settings, value); !applied) return applied.error();
  }
  return Command(std::move(settings));
}

}  // namespace

Result<Command> parse_command_line(std::span<const std::string_view> arguments) {
  if (arguments.empty()) return usage("Say what to do: `vignette-relay serve`.");
  const std::string_view first = arguments[0];
  if (first == "--help" || first == "-h" || first == "help") return Command(ShowHelp{});
  if (first == "--version") return Command(ShowVersion{});
  if (first == "serve") return parse_serve(arguments.subspan(1));
  if (first == "check") {
    auto parsed = parse_serve(arguments.subspan(1));
    if (!parsed) return parsed.error();
    if (const auto* settings = std::get_if<Settings>(&*parsed)) return Command(Check{*settings});
    return parsed;
  }
  return usage("There is no command " + std::string(first) + "; there are `serve`, `check` and `codes`.");
}

std::string help_text() {
  std::string text =
      "vignette-relay serves the Vignette site, keeps the providers' keys and forwards requests to them.\n\n"
      "  vignette-relay serve [options]\n"
      "  vignette-relay check [--config FILE]    what is configured, and whether it works\n"
      "  vignette-relay codes add|list|show|disable|enable|usage    access codes\n"
      "  vignette-relay --version\n\n"
      "Options of serve:\n";
  for (const Option& o : serve_options()) {
    std::string left = "  " + std::string(o.name) + " " + std::string(o.value_name);
    left.resize(std::max<std::size_t>(left.size() + 2, 20), ' ');
    text += left + std::string(o.meaning) + " (default: " + std::string(o.standard) + ")\n";
  }
  text +=
      "\nIt prints one line with its address when it is ready, and a line of JSON per request to standard "
      "error.\n"
      "SIGTERM or SIGINT: it stops accepting, finishes what is running and leaves within ten seconds.\n";
  return text;
}

}  // namespace vignette::relay
