#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace vignette::relay {

struct Settings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string site;    ///< empty: no static site
  std::string data;    ///< empty: codes and accounts live in memory
  std::string config;  ///< empty: the environment alone
  std::optional<int> admin;
};

/// One option of `serve`. The parser, --help and the table in docs/relay.md are all made from these rows, so
/// a new option is one row (and the page's test fails until the page has it).
struct Option {
  std::string_view name;        ///< "--port"
  std::string_view value_name;  ///< "N"
  std::string_view standard;    ///< the default, for people
  std::string_view meaning;
  Result<Done> (*apply)(Settings& settings, std::string_view value);
};
std::span<const Option> serve_options();

}  // namespace vignette::relay
