#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "relay/http/message.hpp"

namespace vignette::relay {

/// Which pages may use the relay, and under which names it may be asked. Exact matches only; there are no
/// cookies, so no credentials are ever allowed along.
struct Doors {
  std::vector<std::string> origins;  ///< besides the relay's own pages
  std::vector<std::string> hosts;    ///< lower case, with port where it is given; empty: any
};

/// The path of a request to the API, "/v1/…"; empty: it is none.
std::string_view api_path(const Request& request);

/// Answers what must not come through: a Host that is not ours, a page that may not, a preflight.
std::optional<Response> gate(const Request& request, const Doors& doors);

/// Header lines for the answer to this request, also where it is an error: without them a browser hides even
/// the status.
std::string cors_lines(const Request& request, const Doors& doors);

}  // namespace vignette::relay
