#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "relay/config/secret.hpp"
#include "shared/provider/catalogue.hpp"

namespace vignette::relay {

/// What is charged to budgets where the catalogue knows no price. Rather too much than too little: a budget
/// is a promise. USD; tokens by the million.
struct UnknownPrice {
  double input = 5;
  double output = 30;
  double minute = 0.02;
  double image = 0.20;
};

/// How the operator set the relay up: the built-in catalogue, a file, and the environment, in this order.
/// Never changes; a reload makes another one.
struct Config {
  provider::Catalogue catalogue;
  std::map<std::string, std::vector<std::shared_ptr<const Secret>>, std::less<>> keys;  ///< by provider id
  std::vector<std::string>
      configured;                    ///< providers whose address the operator gave: used without a key, too
  std::vector<std::string> origins;  ///< exact; pages of the relay itself are always allowed
  std::vector<std::string> hosts;    ///< what Host may be; empty: anything
  bool own_keys = false;             ///< users may bring their own provider key
  std::map<std::string, std::vector<std::string>, std::less<>> fallbacks;  ///< model → models to try after it
  UnknownPrice unknown_price;
  std::int64_t max_tokens = 4096;  ///< where the request sets none: without one there is no ceiling
  std::optional<int> admin_port;

  bool is_usable(const provider::Provider& provider) const;
};

/// Reads a variable; empty where there is none.
using Environment = std::function<std::string(const std::string& name)>;
std::string environment_of_process(const std::string& name);

/// `file` may be empty. Errors name the file and the member, never a value.
Result<std::shared_ptr<const Config>> read_config(const std::string& file, const Environment& environment);

}  // namespace vignette::relay
