#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vignette::caption {

// Just enough English for the names that networks have for things.

/// "a tabby", "an eel", "sunglasses", "corn".
std::string with_article(std::string_view noun);
/// "two dogs", "12 people"; one is with_article().
std::string counted_noun(std::string_view noun, std::size_t count);
/// "a cat, a dog and two cups".
std::string listed(const std::vector<std::string>& parts);
std::string capitalised(std::string text);

}  // namespace vignette::caption
