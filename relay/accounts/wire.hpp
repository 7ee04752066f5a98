#pragma once
#include <string>

#include "relay/accounts/moment.hpp"
#include "relay/accounts/terms.hpp"

namespace vignette::relay {

/// The answer to POST /v1/session:
///   {"token","session_id","expires_at":"2026-11-21T21:30:00Z","policy":{"name","models":[…], limits…}}
std::string session_json(const OpenedSession& session);

/// The answer to GET /v1/usage. Money is in whole micro-dollars; what has no limit has neither "limit" nor
/// "left".
///   {"name","models":[…],"expires_at","server_time","requests":{"used","limit","left"},
///    "budget":{"spent_micro","reserved_micro","limit_micro","left_micro"},"today":{…},"session":{…},
///    "at_work":{"now","limit"},"rate":{"requests_per_minute"},"consumed":{"input_tokens","output_tokens","images"}}
std::string usage_json(const UsageView& view, TimeMs now);

}  // namespace vignette::relay
