#pragma once
#include <optional>

#include "shared/base/time.hpp"
#include "shared/json/read.hpp"
#include "shared/provider/http_call.hpp"

namespace vignette::provider {

/// "6m0s", "1.5s", "120ms", "2m59.56s", "1h2m3s", "~30s" → milliseconds, rounded up.
std::optional<std::int64_t> duration_ms(std::string_view text);
/// "Sun, 06 Nov 1994 08:49:37 GMT" and "2026-11-21T10:00:00Z".
std::optional<TimeMs> date_ms(std::string_view text);
/// How long the provider asks us to wait, from wherever it hides that: headers first, then Google's RetryInfo
/// in `body`, then the words of `message`.
std::optional<std::int64_t> wait_ms(const HttpReply* reply, const Json& body, std::string_view message,
                                    TimeMs now);

}  // namespace vignette::provider
