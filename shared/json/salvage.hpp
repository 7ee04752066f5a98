#pragma once
#include <string_view>

#include "shared/json/read.hpp"

namespace vignette {

/// The JSON in a language model's answer, which may come in a code fence, with words around it, or with
/// a comma too many:
///
///   Sure! {"is_series": true,} Hope it helps   →   {"is_series":true}
///
/// What was cut off is not repaired: a caption nobody wrote is worse than an honest error.
Result<Json> salvage_json(std::string_view answer);

}  // namespace vignette
