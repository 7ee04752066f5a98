#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/caption/pacer.hpp"
#include "shared/provider/price.hpp"

namespace vignette::caption {

/// A call that was made: how long it took and what it used.
struct CallSample {
  std::int64_t ms = 0;
  provider::Usage usage;
};

struct EstimateRequest {
  std::size_t pictures = 0;
  Pace pace;
  provider::Model model;
  provider::ChatParams params;
  std::size_t prompt_characters = 0;  ///< system and prompt together
  /// Earlier calls of this model with this kind of prompt, the latest last. Only the last ten count.
  std::vector<CallSample> calls;
};

struct Estimate {
  std::size_t pictures = 0;
  std::int64_t ms = 0;
  bool measured = false;  ///< from calls that were made; else from experience with others
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  /// Nothing where the price is not known, which is not the same as free.
  std::optional<provider::MicroUsd> cost;
  /// When every picture needs a repair and every answer is as long as it may be.
  std::optional<provider::MicroUsd> cost_at_most;
  /// "40 pictures, about 3 minutes, about $0.02 (at most $0.15)."
  std::string sentence;
};

Estimate estimate_job(const EstimateRequest& request);

/// How long `pictures` calls take at this pace and width, if each takes `call_ms`.
std::int64_t duration_of(std::size_t pictures, const Pace& pace, int width, std::int64_t call_ms);
/// The middle of the last ten; nothing where there are none.
std::optional<std::int64_t> median_ms(const std::vector<CallSample>& calls);

std::string duration_words(std::int64_t ms);       ///< "about 3 minutes"
std::string money_words(provider::MicroUsd cost);  ///< "$0.02", "less than $0.01"

}  // namespace vignette::caption
