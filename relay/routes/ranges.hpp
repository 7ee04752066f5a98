#pragma once
#include <cstdint>
#include <string_view>
#include <variant>

namespace vignette::relay {

struct WholeFile {
};  ///< no range, one we do not understand, or several at once: RFC 9110 allows ignoring those
struct Unsatisfiable {};  ///< understood, and nothing of it lies inside the file: 416
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  ///< inclusive, as in Content-Range
};
using RangeChoice = std::variant<WholeFile, Unsatisfiable, ByteRange>;

/// "bytes=0-99", "bytes=100-" or "bytes=-50" of a file of `size` bytes.
RangeChoice choose_range(std::string_view range, std::uint64_t size);

}  // namespace vignette::relay
