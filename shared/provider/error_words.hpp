#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/provider/error.hpp"

namespace vignette::provider {

// Where the words of an error hide. Providers have about ten shapes for the same thing; each function looks
// through all of them.

/// The text for a person; empty when there is none.
std::string error_message(const Json& body);
/// "invalid_api_key", "RESOURCE_EXHAUSTED", "overloaded_error", … or empty.
std::string error_code(const Json& body);
/// A numeric `error.code`, which is an HTTP status.
int error_status(const Json& body);
/// The words of a body that is not JSON: XML, HTML or plain text.
std::string words_of_text(std::string_view body);

std::optional<ErrorClass> class_of_code(std::string_view code);
std::optional<ErrorClass> class_of_words(std::string_view message, int status);
ErrorClass class_of_status(int status);

}  // namespace vignette::provider
