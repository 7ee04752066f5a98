#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace vignette::caption {

/// Small models that lose the thread repeat themselves: the same four words in a row at least four times.
struct Loop {
  std::string words;  ///< the four, as they first stood there, in lower case
  std::size_t times = 0;
  std::size_t second_at = 0;  ///< where the second round begins
};
std::optional<Loop> find_loop(std::string_view text);

}  // namespace vignette::caption
