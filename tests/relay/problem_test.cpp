#include "relay/http/problem.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "relay/http/request_id.hpp"
#include "tests/relay/requests.hpp"

using namespace vignette::relay;

TEST_CASE("an error has OpenAI's shape, with when to come back and which request it was") {
  const Problem problem = {
      .status = 503, .code = "overloaded", .message = "Too \"many\".", .retry_after_s = 2};
  const Response response = problem_response(problem, "00ff");
  CHECK(response.status == 503);
  CHECK(header(response, "Retry-After") == "2");
  CHECK(header(response, "Content-Type") == "application/json");
  const auto error = nlohmann::json::parse(text_of(response))["error"];
  CHECK(error["message"] == "Too \"many\".");
  CHECK(error["type"] == "server_error");
  CHECK(error["param"].is_null());
  CHECK(error["code"] == "overloaded");
  CHECK(error["retry_after_ms"] == 2000);
  CHECK(error["request_id"] == "00ff");
}

TEST_CASE("waiting is not suggested where it does not help") {
  const Response response = problem_response({.status = 404, .code = "not_found", .message = "No."}, "1");
  CHECK(response.field("Retry-After") == nullptr);
  CHECK(nlohmann::json::parse(text_of(response))["error"]["retry_after_ms"].is_null());
  CHECK(nlohmann::json::parse(text_of(response))["error"]["type"] == "invalid_request_error");
}

TEST_CASE("a header value cannot begin a header of its own") {
  Response response;
  response.set("Location", "./a\r\nSet-Cookie: b=1\n");
  CHECK(header(response, "location") == "./a  Set-Cookie: b=1 ");
}

TEST_CASE("request ids are 16 hex digits and differ") {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(next_request_id());
  CHECK(ids.size() == 1000);
  for (const auto& id : ids) {
    CHECK(id.size() == 16);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
}
