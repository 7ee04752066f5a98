#pragma once
#include <optional>

#include "shared/provider/chat.hpp"
#include "shared/provider/model.hpp"

namespace vignette::provider {

/// Millionths of a dollar, rounded up: whole numbers, because money is added up.
using MicroUsd = std::int64_t;

/// What an answer cost. Nothing where the price is not known, which is not the same as free.
std::optional<MicroUsd> cost_of(const Model& model, const Usage& usage, std::int64_t images = 0);

}  // namespace vignette::provider
