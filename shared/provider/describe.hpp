#pragma once
#include "shared/json/read.hpp"
#include "shared/provider/model.hpp"

namespace vignette::provider {

// One entry of providers.json → one value. `defaults` of a provider are laid under each of its models before.
Result<Provider> provider_from(const Json& entry);
Result<Model> model_from(const Json& entry);

/// Lays `over` on `under`, member by member and deep into objects; null takes a member away.
void lay_over(Json& under, const Json& over);

}  // namespace vignette::provider
