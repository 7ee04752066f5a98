#pragma once
#include <string_view>
#include <variant>

#include "relay/http/framing.hpp"

namespace vignette::relay {

/// The head of a request, from its first byte to its empty line, or why we do not take it.
/// After a Problem the connection must end: what follows may be anything.
std::variant<Request, Problem> parse_head(std::string_view head, const Limits& limits);

}  // namespace vignette::relay
