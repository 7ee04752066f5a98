#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/result.hpp"

namespace vignette {

/// Reads the arguments of a scripted command. The first thing wrong is kept and names the argument; reading
/// goes on with defaults, so a handler reads all it needs and then asks once.
class Args {
 public:
  explicit Args(std::string_view text);

  std::string text(const char* name);                         ///< required
  std::string text(const char* name, const char* otherwise);  ///< optional
  int number(const char* name, int otherwise);
  bool flag(const char* name, bool otherwise);
  std::vector<std::string> texts(const char* name);  ///< required list of texts
  bool has(const char* name) const;
  const nlohmann::json& raw() const { return json_; }
  Args inside(const char* name) const;  ///< an object argument; empty when absent

  /// Says that a value is not one of those possible.
  void refuse(const char* name, const std::string& expected);
  const std::optional<Error>& error() const { return error_; }

 private:
  explicit Args(nlohmann::json json) : json_(std::move(json)) {}
  nlohmann::json json_;
  std::optional<Error> error_;
};

}  // namespace vignette
