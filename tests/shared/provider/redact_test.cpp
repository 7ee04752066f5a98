#include "shared/provider/redact.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace vignette::provider;

TEST_CASE("keys of every provider are blanked") {
  const std::string tail = "Ab3dEf6hIj9lMn2pQr5tUv8xYz1aBc4eFg7";
  for (const char* prefix : {"AIza", "sk-", "sk-ant-api03-", "sk-or-v1-", "gsk_", "hf_", "r8_", "nvapi-",
                             "pa-", "jina_", "DO00"}) {
    CAPTURE(prefix);
    CHECK(redact(std::string("Key \"") + prefix + tail + "\" is wrong.") == "Key \"[hidden]\" is wrong.");
  }
  CHECK(redact("Incorrect API key provided: sk-ab***********3x. Find yours.") ==
        "Incorrect API key provided: [hidden]. Find yours.");
  CHECK(redact("Authorization: Bearer abcdefgh12345678") == "Authorization: Bearer [hidden]");
  CHECK(redact("GET /v1beta/models?key=abcdefgh12345") == "GET /v1beta/models?key=[hidden]");
  CHECK(redact("data:image/png;base64," + std::string(300, 'A')) == "data:image/png;base64,[hidden]");
  const std::vector<std::string> secrets = {"canary"};
  CHECK(redact("my-canary-code", secrets) == "my-[hidden]-code");
}

TEST_CASE("ordinary words, model names and ids are left alone") {
  for (const char* text : {"The model 'meta-llama/llama-4-scout-17b-16e-instruct' is gone.",
                           "Function '1f2e3d4c-1a2b-3c4d-5e6f-112233445566': Not found",
                           "sk-learn is a library; a basic token is not a secret.",
                           "Basic authentication is required", "Rate limit: 40 requests/min", ""}) {
    CHECK(redact(text) == text);
  }
}
