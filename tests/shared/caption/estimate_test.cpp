#include "shared/caption/estimate.hpp"

#include <doctest/doctest.h>

using namespace vignette;
using namespace vignette::caption;

namespace {

provider::Model priced() {
  provider::Model model;
  model.price.input = 1.0;  // micro-USD a token
  model.price.output = 2.0;
  model.image_tokens_max = 1000;
  model.params = {"max_tokens"};
  return model;
}

CallSample call(std::int64_t ms, std::int64_t input, std::int64_t output) {
  CallSample out;
  out.ms = ms;
  out.usage.input = input;
  out.usage.output = output;
  return out;
}

}  // namespace

TEST_CASE("before the first call the estimate rests on experience with others") {
  EstimateRequest request{
      .pictures = 40, .pace = {.concurrency = 2}, .model = priced(), .prompt_characters = 400};
  request.params.max_tokens = 500;
  const Estimate estimate = estimate_job(request);
  CHECK_FALSE(estimate.measured);
  CHECK(estimate.ms == 20 * 8'000);
  CHECK(estimate.input_tokens == 40 * 1100);
  CHECK(estimate.output_tokens == 40 * 80);
  CHECK(estimate.cost == 40 * (1100 + 160));
  CHECK(estimate.cost_at_most == 80 * (1100 + 1000));
  CHECK(estimate.sentence == "40 pictures, about 3 minutes, about $0.05 (at most $0.17).");
}

TEST_CASE("the median of the last ten calls decides once there are some") {
  EstimateRequest request{.pictures = 10, .pace = {.concurrency = 1}, .model = priced()};
  for (int i = 0; i < 20; ++i) request.calls.push_back(call(90'000, 9, 9));
  for (int i = 1; i <= 10; ++i) request.calls.push_back(call(i * 1'000, 700, 50));
  const Estimate estimate = estimate_job(request);
  CHECK(estimate.measured);
  CHECK(estimate.ms == 10 * 5'500);
  CHECK(estimate.input_tokens == 7'000);
  CHECK(estimate.cost == 10 * (700 + 100));
}

TEST_CASE("an unknown price is said, and free is not the same") {
  EstimateRequest request{.pictures = 1};
  CHECK(estimate_job(request).sentence == "1 picture, about 8 seconds, at an unknown price.");
  request.model.price.input = 0;
  request.model.price.output = 0;
  CHECK(estimate_job(request).sentence == "1 picture, about 8 seconds, free of charge.");
}

TEST_CASE("slow mode and the gaps set the time where the calls are quick") {
  CHECK(duration_of(100, {.slow = true}, 2, 1'000) == 99 * 3'000 + 1'000);
  CHECK(duration_of(100, {}, 8, 10) == 99 * 100 + 10);
  CHECK(duration_of(9, {}, 4, 10'000) == 30'000);
  CHECK(duration_of(0, {}, 4, 10'000) == 0);
  CHECK_FALSE(median_ms({}).has_value());
}

TEST_CASE("times and sums are said as a person would") {
  CHECK(duration_words(900) == "about 1 second");
  CHECK(duration_words(89'000) == "about 89 seconds");
  CHECK(duration_words(120'000) == "about 2 minutes");
  CHECK(duration_words(7'200'000) == "about 2 hours");
  CHECK(money_words(0) == "$0.00");
  CHECK(money_words(9'999) == "less than $0.01");
  CHECK(money_words(1'234'567) == "$1.23");
}
