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

Result<Done> apply_data(Settings& settings, std::string_view value) {
  settings.data = value;
  return Done{};
}

Result<Done> apply_config(Settings& settings, std::string_view value) {
  settings.config = value;
  return Done{};
}

Result<Done> apply_admin(Settings& settings, std::string_view value) {
  std::uint16_t port = 0;
  const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), port);
  if (error != std::errc() || stop != value.data() + value.size()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .message = "--admin " + std::string(value) + " is not a port.",
                 .hint = "Give a number from 1 to 65535, or 0 for any free port."};
  }
  settings.admin = port;
  return Done{};
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
    {"--data", "DIR", "none", "folder for codes, budgets and usage; without it they are forgotten at the end",
     apply_data},
    {"--config", "FILE", "none", "JSON file with keys, providers and settings, besides the environment",
     apply_config},
    {"--admin", "N", "none", "port for /metrics, on 127.0.0.1 only; 0 takes a free one", apply_admin},
};

}  // namespace

std::span<const Option> serve_options() { return table; }

}  // namespace vignette::relay
