#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "relay/accounts/terms.hpp"
#include "shared/base/result.hpp"

namespace vignette::relay {

/// What the command line of `codes` says.
struct CodesRequest {
  std::string verb;  ///< "add", "list", …; empty: help
  std::string folder;
  std::string code;  ///< the id or name given to show, disable, enable, usage
  Terms terms;       ///< of add
  bool csv = false;
  std::optional<std::int64_t> first_day;  ///< of usage
  std::optional<std::int64_t> last_day;
};

Result<CodesRequest> parse_codes(std::span<const std::string_view> arguments);
std::string codes_help();

/// "2.50" → 2,500,000. At most six decimals, no sign.
Result<MicroUsd> money_from_text(std::string_view text);
std::string text_from_money(MicroUsd money);  ///< "2.50"; more decimals only where they say something
/// "2027-01-31": to the end of that day in UTC. "2027-01-31T12:00:00Z": to that second.
Result<TimeMs> end_of_date(std::string_view text);

}  // namespace vignette::relay
