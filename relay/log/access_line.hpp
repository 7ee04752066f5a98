#pragma once
#include <string>
#include <string_view>

#include "relay/http/service.hpp"
#include "shared/base/time.hpp"

namespace vignette::relay {

/// One line of JSON, without its line feed. Whatever a client put into method or path stays inside its
/// string: quotes, line feeds and escape sequences are escaped.
///
///   {"time":"2026-11-21T09:30:00Z","method":"GET","path":"/","status":200,"bytes":812,"ms":0.4,"id":"…"}
std::string access_line(const Exchange& exchange, TimeMs now);
/// A JSON string in which only visible ASCII stands for itself.
std::string json_text(std::string_view text);
std::string json_number(double value, int decimals);
/// Something that happened to the process: "draining", "drained".
std::string event_line(const std::string& event, TimeMs now);

}  // namespace vignette::relay
