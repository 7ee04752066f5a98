#pragma once
#include "relay/http/message.hpp"

namespace vignette::relay {

/// GET /healthz: "ok" while the event loop turns. It asks nothing and nobody, so it costs nothing to ask
/// often.
Response health(const Request& request);

}  // namespace vignette::relay
