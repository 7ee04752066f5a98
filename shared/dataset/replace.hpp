#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace vignette {

struct ReplaceRules {
  bool match_case = true;
  bool whole_words = false;  ///< "cat" is not found in "cats" or "concat"
};

/// `text` with every occurrence of `find` replaced, from left to right, none found in what was put in;
/// nothing when it does not occur. Letters are compared by what they are, not by bytes: without `match_case`
/// "É" is "é".
std::optional<std::string> replaced(std::string_view text, std::string_view find, std::string_view with,
                                    const ReplaceRules& rules);

}  // namespace vignette
