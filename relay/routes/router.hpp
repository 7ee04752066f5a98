#pragma once
#include <optional>

#include "relay/http/message.hpp"
#include "relay/routes/site.hpp"

namespace vignette::relay {

/// What the routes answer from.
struct Routes {
  std::optional<Site> site;  ///< absent: the server has routes, but no pages
};

/// The one place that knows which path means what. Anything that is no route is looked for in the site.
Response answer(const Request& request, const Routes& routes);

}  // namespace vignette::relay
