#include "shared/provider/price.hpp"

#include <algorithm>
#include <cmath>

namespace vignette::provider {

namespace {

/// Numbers of strangers: nothing negative, nothing that no account could pay.
MicroUsd rounded_up(double micro) {
  return static_cast<MicroUsd>(std::ceil(std::clamp(micro, 0.0, 1e15) - 1e-6));
}

double count(const std::optional<std::int64_t>& tokens) {
  return static_cast<double>(std::max<std::int64_t>(tokens.value_or(0), 0));
}

}  // namespace

std::optional<MicroUsd> cost_of(const Model& model, const Usage& usage, std::int64_t images) {
  if (usage.cost_usd) return rounded_up(*usage.cost_usd * 1e6);
  const Price& price = model.price;
  // A drawn picture or a minute of sound has its own unit; its tokens are then not billed again.
  if (price.image && images > 0) return rounded_up(*price.image * 1e6 * static_cast<double>(images));
  if (price.minute && usage.seconds) return rounded_up(*price.minute * 1e6 * *usage.seconds / 60);
  if (!price.input && !price.output) return std::nullopt;
  if ((!price.input && count(usage.input) > 0) || (!price.output && count(usage.output) > 0))
    return std::nullopt;
  const double cached = std::min(count(usage.cached), count(usage.input));
  // USD for a million tokens are micro-USD for one.
  return rounded_up(price.input.value_or(0) * (count(usage.input) - cached) +
                    price.cached_input.value_or(price.input.value_or(0)) * cached +
                    price.output.value_or(0) * count(usage.output));
}

}  // namespace vignette::provider
