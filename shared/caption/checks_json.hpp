#pragma once
#include "shared/caption/checks.hpp"
#include "shared/json/read.hpp"

namespace vignette::caption {

/// {"max_words": {"react": "repair", "limit": 50}, …}; rules that are off are left out.
Json json_of(const Checks& checks);
/// The same back. What is not said keeps what basic_checks() says. Errors name the rule.
Result<Checks> checks_from(const Json& object);

}  // namespace vignette::caption
