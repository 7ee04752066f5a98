#pragma once
#include <string>

#include "relay/http/server.hpp"
#include "shared/base/time.hpp"

namespace vignette::relay {

/// One line of JSON, without its line feed. Whatever a client put into method or path stays inside its
/// string: quotes, line feeds and escape sequences are escaped.
///
///   {"time":"2026-11-21T09:30:00Z","method":"GET","path":"/","status":200,"bytes":812,"ms":0.4,"id":"…"}
std::string access_line(const Exchange& exchange, TimeMs now);
/// Something that happened to the process: "draining", "drained".
std::string event_line(const std::string& event, TimeMs now);

}  // namespace vignette::relay
