#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vignette::relay {

/// "Sat, 21 Nov 2026 09:30:00 GMT"
std::string format_http_date(std::int64_t unix_s);
/// Only that form. The two that RFC 9110 calls obsolete read as nothing, which means "send it again": safe.
std::optional<std::int64_t> parse_http_date(std::string_view text);

}  // namespace vignette::relay
