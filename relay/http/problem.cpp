#include "relay/http/problem.hpp"

#include <nlohmann/json.hpp>

namespace vignette::relay {
namespace {

const char* type_of(int status) {
  if (status == 401 || status == 403) return "authentication_error";
  if (status == 402 || status == 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

}  // namespace

Response problem_response(const Problem& problem, const std::string& request_id) {
  nlohmann::ordered_json error;
  error["message"] = problem.message;
  error["type"] = type_of(problem.status);
  error["param"] = nullptr;
  error["code"] = problem.code;
  error["retry_after_ms"] = nullptr;
  if (problem.retry_after_s) error["retry_after_ms"] = *problem.retry_after_s * 1000;
  error["request_id"] = request_id;

  Response response;
  response.status = problem.status;
  response.set("Content-Type", "application/json");
  response.set("Cache-Control", "no-store");
  response.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  if (problem.retry_after_s) response.set("Retry-After", std::to_string(*problem.retry_after_s));
  response.body = nlohmann::ordered_json{{"error", error}}.dump() + "\n";
  return response;
}

}  // namespace vignette::relay
