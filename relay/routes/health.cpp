#include "relay/routes/health.hpp"

namespace vignette::relay {

Response health(const Request&) {
  Response response;
  response.set("Content-Type", "text/plain; charset=utf-8");
  response.set("Cache-Control", "no-store");
  response.body = "ok\n";
  return response;
}

}  // namespace vignette::relay
