#include "shared/caption/estimate.hpp"

#include <algorithm>
#include <cstdio>

#include "shared/provider/plan.hpp"

namespace vignette::caption {
namespace {

constexpr std::size_t kLatest = 10;
constexpr std::int64_t kUsualCallMs = 8'000;          // until this model has been measured
constexpr std::int64_t kUsualImageTokens = 1'100;     // a picture of 1024 pixels with most providers
constexpr std::int64_t kUsualOutputTokens = 80;       // a caption of 50 words
constexpr std::int64_t kLongestOutputTokens = 1'024;  // where the preset sets no limit
constexpr std::size_t kCharactersPerToken = 4;

template <class Read>
std::optional<std::int64_t> median_of(const std::vector<CallSample>& calls, Read read) {
  std::vector<std::int64_t> values;
  for (std::size_t i = calls.size() > kLatest ? calls.size() - kLatest : 0; i < calls.size(); ++i) {
    const std::optional<std::int64_t> value = read(calls[i]);
    if (value && *value > 0) values.push_back(*value);
  }
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::optional<provider::MicroUsd> cost_of_calls(const provider::Model& model, std::int64_t input,
                                                std::int64_t output, std::int64_t calls) {
  provider::Usage usage;
  usage.input = input * calls;
  usage.output = output * calls;
  return provider::cost_of(model, usage);
}

std::string about(std::int64_t n, const char* one, const char* many) {
  return "about " + std::to_string(n) + " " + (n == 1 ? one : many);
}

}  // namespace

std::optional<std::int64_t> median_ms(const std::vector<CallSample>& calls) {
  return median_of(calls, [](const CallSample& call) { return std::optional(call.ms); });
}

std::int64_t duration_of(std::size_t pictures, const Pace& pace, int width, std::int64_t call_ms) {
  if (pictures == 0) return 0;
  const auto n = static_cast<std::int64_t>(pictures);
  const std::int64_t lanes = std::clamp(width, 1, 8);
  const std::int64_t by_lanes = (n + lanes - 1) / lanes * call_ms;
  const std::int64_t by_gaps = (n - 1) * (pace.slow ? 3'000 : 100) + call_ms;
  return std::max(by_lanes, by_gaps);
}

Estimate estimate_job(const EstimateRequest& request) {
  Estimate out;
  out.pictures = request.pictures;
  const auto n = static_cast<std::int64_t>(request.pictures);
  const std::optional<std::int64_t> measured = median_ms(request.calls);
  out.measured = measured.has_value();
  out.ms =
      duration_of(request.pictures, request.pace, request.pace.concurrency, measured.value_or(kUsualCallMs));

  const auto prompt = static_cast<std::int64_t>(request.prompt_characters / kCharactersPerToken);
  const std::int64_t picture = request.model.image_tokens_max.value_or(kUsualImageTokens);
  const std::int64_t longest =
      provider::effective_max_tokens(request.model, request.params).value_or(kLongestOutputTokens);
  const std::int64_t input = median_of(request.calls, [](const CallSample& call) {
                               return call.usage.input;
                             }).value_or(prompt + picture);
  const std::int64_t output = median_of(request.calls, [](const CallSample& call) {
                                return call.usage.output;
                              }).value_or(std::min(kUsualOutputTokens, longest));
  out.input_tokens = input * n;
  out.output_tokens = output * n;
  out.cost = cost_of_calls(request.model, input, output, n);
  out.cost_at_most =
      cost_of_calls(request.model, std::max(input, prompt + picture), std::max(longest, output), 2 * n);

  out.sentence = std::to_string(n) + (n == 1 ? " picture, " : " pictures, ") + duration_words(out.ms);
  if (!out.cost) {
    out.sentence += ", at an unknown price.";
  } else if (*out.cost == 0 && out.cost_at_most.value_or(0) == 0) {
    out.sentence += ", free of charge.";
  } else {
    out.sentence +=
        ", about " + money_words(*out.cost) + " (at most " + money_words(*out.cost_at_most) + ").";
  }
  return out;
}

std::string duration_words(std::int64_t ms) {
  const std::int64_t seconds = (ms + 999) / 1000;
  if (seconds < 90) return about(seconds, "second", "seconds");
  const std::int64_t minutes = (seconds + 30) / 60;
  if (minutes < 90) return about(minutes, "minute", "minutes");
  return about((minutes + 30) / 60, "hour", "hours");
}

std::string money_words(provider::MicroUsd cost) {
  if (cost > 0 && cost < 10'000) return "less than $0.01";
  char text[32];
  std::snprintf(text, sizeof text, "$%.2f", static_cast<double>(cost) / 1e6);
  return text;
}

}  // namespace vignette::caption
