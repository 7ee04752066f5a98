#include "relay/config/options.hpp"

#include <charconv>

namespace vignette::relay {
namespace {

Result<Done> apply_port(Settings& settings, std::string_view value) {
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), settings.port);
  if (error == std::errc() && stop == end) return Done{};
  return Error{.code = ErrorCode::InvalidInput,
               .message = "--port " + std::string(value) + " is not a port.",
               .hint = "Give a number from 1 to 65535, or 0 for any free port."};
}

Result<Done> apply_host(Settings& settings, std::string_view value) {
  settings.host = value;
  return Done{};
}

Result<Done> apply_site(Settings& settings, std::string_view value) {
  settings.site = value;
  return Done{};
}

constexpr Option table[] = {
    {"--port", "N", "8080", "port to listen on; 0 takes a free one", apply_port},
    {"--host", "ADDRESS", "127.0.0.1", "address to listen on; 0.0.0.0 is every network this machine is in",
     apply_host},
    {"--site", "DIR", "none", "folder of the static site, served at /", apply_site},
};

}  // namespace

std::span<const Option> serve_options() { return table; }

}  // namespace vignette::relay
