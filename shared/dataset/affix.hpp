#pragma once
#include <string>
#include <string_view>

namespace vignette {

/// `text` with `prefix` before and `suffix` after it, joined by one space unless the affix brings its own
/// separator. Idempotent: what is already there is not added again; an empty affix changes nothing.
std::string with_affixes(std::string_view text, std::string_view prefix, std::string_view suffix);

}  // namespace vignette
