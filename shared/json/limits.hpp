#pragma once
#include <string_view>

#include "shared/json/read.hpp"

namespace vignette {

/// Walks the text once without building anything. Done means: well-formed and within the limits.
Result<Done> check_json(std::string_view text, const JsonLimits& limits);

}  // namespace vignette
