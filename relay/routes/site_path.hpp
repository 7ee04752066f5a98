#pragma once
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace vignette::relay {

/// The path of a request → the path of a file below the site's root, decoded exactly once:
///
///   "/"               ""
///   "/fonts/a%20b"    "fonts/a b"
///   "/fonts/"         "fonts/"
///
/// Anything that would need tidying up is an error rather than tidied: NotFound for names nobody may ask for
/// ("..", ".", ".git", an empty segment), InvalidInput for bytes no file of ours has (broken escapes, encoded
/// slashes, backslashes, control characters, text that is not UTF-8).
Result<std::string> site_path(std::string_view request_path);

}  // namespace vignette::relay
