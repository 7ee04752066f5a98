#include "relay/routes/router.hpp"

#include "relay/http/problem.hpp"
#include "relay/routes/health.hpp"
#include "relay/routes/static_site.hpp"

namespace vignette::relay {
namespace {

struct Route {
  std::string_view path;
  Response (*handle)(const Request&);
};
constexpr Route table[] = {
    {"/healthz", health},
};

}  // namespace

Response answer(const Request& request, const Routes& routes) {
  // Everything there is so far is read-only. HEAD is answered as GET; the session leaves the body out.
  if (request.method != "GET" && request.method != "HEAD") {
    const Problem problem = {
        .status = 405, .code = "method_not_allowed", .message = "This address answers GET and HEAD only."};
    Response response = problem_response(problem, request.id);
    response.set("Allow", "GET, HEAD");
    return response;
  }
  for (const Route& route : table) {
    if (request.path() == route.path) return route.handle(request);
  }
  if (routes.site) return static_site(request, *routes.site);
  const Problem nothing = {.status = 404, .code = "no_route", .message = "There is nothing at this address."};
  return problem_response(nothing, request.id);
}

}  // namespace vignette::relay
