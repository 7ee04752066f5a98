#pragma once
#include <string_view>

namespace vignette::relay {

/// Whether the name carries a hash of the content: at least eight lower-case hex digits between "-" or "."
/// and the extension, as in "app-0a1b2c3d.js" and "app.0a1b2c3d.wasm". A date such as 20261121 is not a hash.
bool has_content_hash(std::string_view file_name);

/// Hashed names never change their content, so browsers may keep them for a year without asking; everything
/// else may be kept too, but asked about each time (a 304 is cheap).
std::string_view cache_control(std::string_view file_name);

}  // namespace vignette::relay
