#include "shared/provider/recognise.hpp"

#include <doctest/doctest.h>

using vignette::provider::provider_of_key;

TEST_CASE("a key is known by its shape, everything else is an access code") {
  CHECK(provider_of_key("AIzaSyA-Example-Example") == "gemini");
  CHECK(provider_of_key("sk-ant-api03-example-example") == "anthropic");
  CHECK(provider_of_key("sk-or-v1-example-example") == "openrouter");
  CHECK(provider_of_key("  sk-proj-example-example \n") == "openai");
  CHECK(provider_of_key("nvapi-example-example") == "nvidia");
  CHECK(provider_of_key("hf_exampleexampleexample") == "hf");
  CHECK(provider_of_key("gsk_exampleexampleexample") == "groq");
  CHECK(provider_of_key("r8_exampleexampleexample") == "replicate");
  CHECK(provider_of_key("").empty());
  CHECK(provider_of_key("maple-harbour-42-lantern").empty());
  CHECK(provider_of_key("sk-8 is our class room").empty());
  CHECK(provider_of_key("sk-short").empty());
}
