#pragma once
#include <string_view>

namespace vignette::provider {

/// Whose key this is, by its shape: "gemini", "openai" … Empty: nobody's, so it is taken for an access code.
/// White space around it does not matter.
std::string_view provider_of_key(std::string_view typed);

}  // namespace vignette::provider
