#include "shared/provider/price.hpp"

#include <doctest/doctest.h>

#include "tests/shared/provider/support.hpp"

using namespace vignette::provider;

TEST_CASE("what an answer cost is counted in whole micro-dollars, rounded up") {
  const Model luna = route_to("openai/gpt-6-luna").model;      // 0.10 and 0.50 a million
  CHECK(cost_of(luna, {.input = 1105, .output = 38}) == 130);  // 110.5 + 19
  CHECK(cost_of(luna, {.input = 0, .output = 0}) == 0);
  const Model omni = route_to("openai/gpt-4o").model;
  CHECK(cost_of(omni, {.input = 1000, .output = 0, .cached = 400}) == 2000);  // 600 at 2.50, 400 at 1.25
  CHECK(cost_of(route_to("openai/gpt-transcribe").model, {.seconds = 90}) == 6750);
  CHECK(cost_of(route_to("replicate/black-forest-labs/flux-schnell").model, {}, 4) == 12'000);
  CHECK(cost_of(route_to("ollama/gemma3:4b").model, {.input = 1000, .output = 1000}) == 0);
}

TEST_CASE("an unknown price is not a price of nothing") {
  CHECK_FALSE(
      cost_of(route_to("gemini/gemini-3.5-flash-lite").model, {.input = 1000, .output = 10}).has_value());
  CHECK(cost_of(route_to("gemini/gemini-3.5-flash-lite").model, {.cost_usd = 0.001}) == 1000);
}

TEST_CASE("a provider's impossible numbers stay harmless") {
  const Model luna = route_to("openai/gpt-6-luna").model;
  CHECK(cost_of(luna, {.input = -5, .output = -5}) == 0);
  CHECK(*cost_of(luna, {.input = INT64_MAX, .output = INT64_MAX}) > 0);
  CHECK(*cost_of(luna, {.cost_usd = 1e300}) > 0);
  CHECK(cost_of(luna, {.cost_usd = -1.0}) == 0);
}
