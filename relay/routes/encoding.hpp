#pragma once
#include <string_view>
#include <vector>

namespace vignette::relay {

enum class Encoding { Brotli, Gzip, Identity };

std::string_view name_of(Encoding encoding);            ///< "br", "gzip", "identity"
std::string_view sibling_extension(Encoding encoding);  ///< ".br", ".gz", ""

/// The encodings an Accept-Encoding value allows, best first: by q, and among equals the smaller file.
/// Identity is last unless asked for by a higher q, and missing only where the client ruled it out.
std::vector<Encoding> acceptable_encodings(std::string_view accept_encoding);

}  // namespace vignette::relay
