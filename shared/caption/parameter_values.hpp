#pragma once
#include "shared/caption/parameters.hpp"

namespace vignette::caption {

/// Sets a value from its text as it stands; a blank text is a value here.
Result<Done> write_value(Parameters& parameters, const Field& field, std::string_view value);

}  // namespace vignette::caption
