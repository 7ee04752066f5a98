#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vignette::caption {

/// A stretch of two texts: the same in both, or what one has where the other has something else.
struct DiffBlock {
  bool same = true;
  std::string left;
  std::string right;  ///< equal to `left` where `same`
  bool operator==(const DiffBlock&) const = default;
};

/// Two captions side by side, by words, spaces and marks. Joining all `left` gives the first text to the
/// byte, joining all `right` the second.
std::vector<DiffBlock> diff_words(std::string_view left, std::string_view right);

/// One text out of both: for each differing block, in order, whether the right one is taken. What
/// `take_right` does not reach is taken from the left.
std::string merged(const std::vector<DiffBlock>& blocks, const std::vector<bool>& take_right);

}  // namespace vignette::caption
