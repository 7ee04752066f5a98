#pragma once
#include <string_view>

namespace vignette::relay {

/// By the extension of the name, in any case; "application/octet-stream" where we do not know it.
std::string_view content_type(std::string_view file_name);

}  // namespace vignette::relay
