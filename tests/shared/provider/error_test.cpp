#include "shared/provider/error.hpp"

#include <doctest/doctest.h>

#include "shared/provider/answer_stream.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

namespace {
struct Fixture {
  const char* name;
  int status;
  const char* body;
  ErrorClass kind;
  const char* says;  // a part of the message
  const char* code;
  std::int64_t wait_ms;  // -1: none
};
using enum ErrorClass;
// Section 12 of the provider reference, in its order.
const Fixture kFixtures[] = {
    {"E1", 401,
     R"({"error":{"message":"Incorrect API key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})",
     BadKey, "Incorrect API key", "invalid_api_key", -1},
    {"E2", 429,
     R"({"error":{"code":429,"message":"Slow down","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"46s"}]}})",
     RateLimit, "Slow down", "RESOURCE_EXHAUSTED", 46000},
    {"E3", 400, R"([{"error":{"code":400,"message":"Bad field","status":"INVALID_ARGUMENT"}}])", Invalid,
     "Bad field", "INVALID_ARGUMENT", -1},
    {"E4", 529,
     R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"})",
     Overloaded, "Overloaded", "overloaded_error", -1},
    {"E5", 410,
     R"({"type":"about:blank","title":"Gone","status":410,"detail":"The model 'x' has reached its end of life on 2026-01-01"})",
     Retired, "end of life", "Gone", -1},
    {"E6", 404, R"({"status":404,"title":"Not Found","detail":"Function 'uuid': Not found for account 'a'"})",
     Retired, "Not found for account", "Not Found", -1},
    {"E7", 429, R"({"detail":"Request was throttled. Your rate limit resets in ~30s.","status":429})",
     RateLimit, "throttled", "", 30000},
    {"E8", 422,
     R"({"detail":[{"loc":["body","input"],"msg":"field required","type":"value_error.missing"}]})", Invalid,
     "body.input: field required", "", -1},
    {"E9", 404, R"({"error":"model 'x' not found"})", Retired, "model 'x' not found", "", -1},
    {"E10", 400, R"({"error":["Error in `inputs`: must be text"],"warnings":[]})", Invalid,
     "Error in `inputs`", "", -1},
    {"E11", 402, R"({"error":{"code":402,"message":"Insufficient credits","metadata":{}}})", NoCredit,
     "Insufficient credits", "", -1},
    {"E12", 400, R"({"object":"error","message":"Wrong","type":"BadRequestError","param":null,"code":400})",
     Invalid, "Wrong", "BadRequestError", -1},
    {"E13", 429, R"({"error":"Model too busy","error_type":"overloaded"})", Overloaded, "Model too busy",
     "overloaded", -1},
    {"E14a", 401, R"({"message":"Unauthorized"})", BadKey, "Unauthorized", "", -1},
    {"E14b", 403, R"({"msg":"Not for you"})", NoPermission, "Not for you", "", -1},
    {"E15", 404, R"({"error":"HTTPException","detail":"Model not found","body":"","errors":""})", Retired,
     "Model not found", "", -1},
    {"E16", 503, R"(<Error><Code>SlowDown</Code><Message>Please reduce your rate.</Message></Error>)",
     Overloaded, "Please reduce your rate.", "", -1},
    {"E17", 502, R"(<html><body><h1>502 Bad Gateway</h1></body></html>)", Overloaded, "502 Bad Gateway", "",
     -1},
    {"E18", 429, "", RateLimit, "rate limit", "", -1},
    {"E19", 400, "Invalid request", Invalid, "Invalid request", "", -1},
    {"E20", 200, R"({"error":{"code":502,"message":"Provider disconnected"}})", Overloaded,
     "Provider disconnected", "", -1},
    {"no quota", 429,
     R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}})",
     NoCredit, "quota", "insufficient_quota", -1},
    {"gemini key", 400,
     R"({"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}})",
     BadKey, "API key not valid", "API_KEY_INVALID", -1},
    {"gemini plan", 429,
     R"({"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details. Please retry in 46.07s.","status":"RESOURCE_EXHAUSTED"}})",
     RateLimit, "quota", "RESOURCE_EXHAUSTED", 46070},
    {"gemini gone", 404,
     R"({"error":{"code":404,"status":"NOT_FOUND","message":"models/x is not found for API version v1beta"}})",
     Retired, "models/x", "NOT_FOUND", -1},
    {"groq gone", 400,
     R"({"error":{"message":"The model has been decommissioned","type":"invalid_request_error","code":"model_decommissioned"}})",
     Retired, "decommissioned", "model_decommissioned", -1},
    {"hf model", 400,
     R"({"error":{"message":"The requested model 'x' is not supported by any provider you have enabled.","code":"model_not_supported"}})",
     Retired, "not supported", "model_not_supported", -1},
    {"hf loading", 503, R"({"error":"Model x is currently loading","estimated_time":20.0})", Overloaded,
     "loading", "", 20000},
    {"hf credit", 402, R"({"error":"You have exceeded your monthly included credits"})", NoCredit, "credits",
     "", -1},
    {"nvidia key", 403, R"({"status":403,"title":"Forbidden","detail":"Authorization failed"})", BadKey,
     "Authorization failed", "Forbidden", -1},
    {"replicate nsfw", 200, R"({"error":"NSFW content detected. Try running it again."})", Refused, "NSFW",
     "", -1},
    {"openai policy", 400,
     R"({"error":{"message":"Rejected","type":"image_generation_user_error","code":"moderation_blocked"}})",
     Refused, "Rejected", "moderation_blocked", -1},
    {"openrouter moderation", 403, R"({"error":{"code":403,"message":"Your input was blocked"}})", Refused,
     "blocked", "", -1},
    {"context", 400,
     R"({"error":{"message":"This model's maximum context length is 8192","code":"context_length_exceeded"}})",
     TooLarge, "context length", "context_length_exceeded", -1},
    {"too large", 413,
     R"({"error":{"message":"Request Entity Too Large","type":"invalid_request_error","code":"request_too_large"}})",
     TooLarge, "Too Large", "request_too_large", -1},
    {"llama.cpp", 503, R"({"error":{"code":503,"message":"Loading model","type":"unavailable_error"}})",
     Overloaded, "Loading model", "unavailable_error", -1},
    {"null bytes", 500, "\x01\x02\xff", Server, "", "", -1},
};
}  // namespace

TEST_CASE("every error body of every provider becomes one kind, a message and a wait") {
  for (const Fixture& fixture : kFixtures) {
    CAPTURE(fixture.name);
    const ProviderError error = read_error(reply_of(fixture.status, fixture.body));
    CHECK(std::string(name_of(error.kind)) == name_of(fixture.kind));
    CHECK(error.message.find(fixture.says) != std::string::npos);
    CHECK(error.code == fixture.code);
    CHECK(error.retry_after_ms.value_or(-1) == fixture.wait_ms);
  }
}

TEST_CASE("only what waiting can help is called retryable") {
  CHECK(read_error(reply_of(429, "")).retryable);
  CHECK(read_error(reply_of(503, "")).retryable);
  CHECK_FALSE(read_error(reply_of(401, "")).retryable);
  CHECK_FALSE(read_error(reply_of(400, "")).retryable);
  CHECK_FALSE(
      read_error(
          reply_of(429, R"({"error":{"message":"Quota exceeded, limit: 0","status":"RESOURCE_EXHAUSTED"}})"))
          .retryable);
  CHECK_FALSE(
      read_error(
          reply_of(
              429,
              R"({"error":{"message":"m","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProject"}]}]}})"))
          .retryable);
  CHECK_FALSE(read_error(reply_of(500, "", {{"X-Should-Retry", "false"}})).retryable);
}

TEST_CASE("an error names the provider's request, whatever the header is called") {
  CHECK(read_error(reply_of(500, "", {{"Request-Id", "req_1"}})).request_id == "req_1");
  CHECK(read_error(reply_of(500, R"({"request_id":"req_2"})")).request_id == "req_2");
}

TEST_CASE("a key in a provider's words does not reach ours") {
  const ProviderError error = read_error(reply_of(
      401, R"({"error":{"message":"Incorrect API key provided: sk-proj-abcdefghijkl1234567890. See x"}})"));
  CHECK(error.message == "Incorrect API key provided: [hidden]. See x");
}

TEST_CASE("an endless message is cut between characters") {
  std::string words;
  for (int i = 0; i < 5000; ++i) words += "é ";
  const ProviderError error = read_error(reply_of(400, words));
  CHECK(error.message.size() < 510);
  CHECK(error.message.ends_with("…"));
}

TEST_CASE("an error inside a 200 reply is an error for every reader") {
  for (const char* name : {"openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite", "anthropic/claude-haiku-5-5",
                           "ollama/gemma3:4b"}) {
    CAPTURE(name);
    const Reply<Answer> reply = read_chat(
        route_to(name), reply_of(200, R"({"error":{"message":"Overloaded","type":"overloaded_error"}})"));
    REQUIRE(std::holds_alternative<ProviderError>(reply));
    CHECK(std::get<ProviderError>(reply).kind == Overloaded);
  }
}

TEST_CASE("an error in the middle of any stream ends it with that error") {
  for (const char* name :
       {"openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite", "anthropic/claude-haiku-5-5"}) {
    CAPTURE(name);
    AnswerStream stream(route_to(name));
    CHECK(stream
              .feed("data: {\"error\":{\"message\":\"The server is "
                    "overloaded\",\"type\":\"overloaded_error\"}}\n\n")
              .ended);
    const StreamEnd end = stream.finish();
    REQUIRE(end.error.has_value());
    CHECK(end.error->kind == Overloaded);
    CHECK_FALSE(end.complete);
  }
}
