#pragma once
#include <span>
#include <string_view>

namespace vignette::relay {

/// `vignette-relay codes add|list|show|disable|enable|usage`: the arguments after "codes". Works on the data
/// folder, or on Redis where REDIS_URL is set, also while relays run. Exit codes as the relay's own: 0 done,
/// 1 could not, 2 the command line makes no sense.
int run_codes(std::span<const std::string_view> arguments);

}  // namespace vignette::relay
