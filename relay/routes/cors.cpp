#include "relay/routes/cors.hpp"

#include <algorithm>

#include "relay/http/problem.hpp"
#include "shared/base/utf8.hpp"

namespace vignette::relay {
namespace {

bool is_allowed(const Request& request, const std::string& origin, const Doors& doors) {
  if (std::find(doors.origins.begin(), doors.origins.end(), origin) != doors.origins.end()) return true;
  // Our own pages. Behind a proxy with TLS we do not see which scheme it was.
  const std::string* host = request.field("Host");
  return host != nullptr && !host->empty() && (origin == "https://" + *host || origin == "http://" + *host);
}

bool is_known_host(const Request& request, const Doors& doors) {
  if (doors.hosts.empty()) return true;
  const std::string* host = request.field("Host");
  if (host == nullptr) return false;
  const std::string name = to_lower_ascii(*host);
  return std::find(doors.hosts.begin(), doors.hosts.end(), name) != doors.hosts.end();
}

bool is_header_list(std::string_view text) {
  return text.size() <= 1024 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '_' || c == ',' || c == ' ';
         });
}

bool is_api(const Request& request) { return !api_path(request).empty(); }

}  // namespace

std::string_view api_path(const Request& request) {
  std::string_view path = request.path();
  // Groq's own client puts this before every path.
  if (path.starts_with("/openai/v1/")) path.remove_prefix(7);
  return path.starts_with("/v1/") ? path : std::string_view();
}

std::optional<Response> gate(const Request& request, const Doors& doors) {
  if (!is_known_host(request, doors) && request.path() != "/healthz") {
    return problem_response(
        {.status = 400, .code = "unknown_host", .message = "This server is not known under that name."},
        request.id);
  }
  if (!is_api(request)) return std::nullopt;
  const std::string* origin = request.field("Origin");
  if (origin != nullptr && !is_allowed(request, *origin, doors)) {
    return problem_response({.status = 403,
                             .code = "origin_not_allowed",
                             .message = "Pages of that address may not use this relay."},
                            request.id);
  }
  if (request.method != "OPTIONS") return std::nullopt;
  Response response;
  response.status = 204;
  response.set("Allow", "GET, POST, OPTIONS");
  if (origin != nullptr) {
    response.set("Access-Control-Allow-Methods", "GET, POST");
    const std::string* wanted = request.field("Access-Control-Request-Headers");
    // Clients bring names of their own; without cookies none of them can do harm.
    response.set("Access-Control-Allow-Headers",
                 wanted != nullptr && is_header_list(*wanted) ? *wanted : "authorization, content-type");
    response.set("Access-Control-Max-Age", "7200");
  }
  return response;
}

std::string cors_lines(const Request& request, const Doors& doors) {
  if (!is_api(request)) return {};
  std::string lines = "Vary: Origin\r\n";
  const std::string* origin = request.field("Origin");
  if (origin == nullptr || !is_allowed(request, *origin, doors)) return lines;
  lines += "Access-Control-Allow-Origin: " + *origin +
           "\r\nAccess-Control-Expose-Headers: X-Request-Id, Retry-After, X-Upstream-Request-Id, "
           "X-Relay-Cost-Micro, X-Relay-Remaining-Micro, RateLimit-Limit, RateLimit-Remaining, "
           "RateLimit-Reset\r\n";
  return lines;
}

}  // namespace vignette::relay
