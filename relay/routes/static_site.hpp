#pragma once
#include "relay/http/message.hpp"
#include "relay/routes/site.hpp"

namespace vignette::relay {

/// GET and HEAD of anything below the site's root: files, "index.html" for folders, precompressed siblings
/// ("app.wasm.br" for "app.wasm"), conditional requests and ranges.
Response static_site(const Request& request, const Site& site);

}  // namespace vignette::relay
