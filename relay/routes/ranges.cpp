#include "relay/routes/ranges.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <string>

#include "shared/base/utf8.hpp"

namespace vignette::relay {
namespace {

// A number too large for 64 bits is as good as the largest: both lie behind the end of any file.
std::optional<std::uint64_t> position_from(std::string_view digits) {
  if (digits.empty()) return std::nullopt;
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::uint64_t value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (parsed.ec == std::errc::result_out_of_range) return std::numeric_limits<std::uint64_t>::max();
  return value;
}

}  // namespace

RangeChoice choose_range(std::string_view range, std::uint64_t size) {
  const std::size_t equals = range.find('=');
  if (equals == std::string_view::npos || to_lower_ascii(trim(range.substr(0, equals))) != "bytes")
    return WholeFile{};
  const std::string_view set = trim(range.substr(equals + 1));
  const std::size_t dash = set.find('-');
  if (dash == std::string_view::npos || set.find(',') != std::string_view::npos) return WholeFile{};
  const std::string_view before = set.substr(0, dash);
  const std::string_view after = set.substr(dash + 1);

  if (before.empty()) {  // the last so many bytes
    const auto wanted = position_from(after);
    if (!wanted) return WholeFile{};
    if (*wanted == 0 || size == 0) return Unsatisfiable{};
    return ByteRange{.first = size - std::min(*wanted, size), .last = size - 1};
  }
  const auto first = position_from(before);
  const auto last =
      after.empty() ? std::optional(std::numeric_limits<std::uint64_t>::max()) : position_from(after);
  if (!first || !last || *last < *first) return WholeFile{};
  if (*first >= size) return Unsatisfiable{};
  return ByteRange{.first = *first, .last = std::min(*last, size - 1)};
}

}  // namespace vignette::relay
