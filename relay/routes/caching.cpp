#include "relay/routes/caching.hpp"

#include <algorithm>

namespace vignette::relay {
namespace {

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// Year, month, day: somebody's "notes-20261121.txt" changes when they edit it.
bool is_date(std::string_view text) {
  if (text.size() != 8) return false;
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const int century = two(0);
  return (century == 19 || century == 20) && two(4) >= 1 && two(4) <= 12 && two(6) >= 1 && two(6) <= 31;
}

}  // namespace

bool has_content_hash(std::string_view file_name) {
  for (std::size_t begin = file_name.find_first_of("-."); begin != std::string_view::npos;
       begin = file_name.find_first_of("-.", begin + 1)) {
    const std::size_t end = file_name.find('.', begin + 1);
    if (begin == 0 || end == std::string_view::npos || end + 1 == file_name.size()) continue;
    const std::string_view part = file_name.substr(begin + 1, end - begin - 1);
    if (part.size() >= 8 && part.size() <= 64 && is_hex(part) && !is_date(part)) return true;
  }
  return false;
}

std::string_view cache_control(std::string_view file_name) {
  return has_content_hash(file_name) ? "public, max-age=31536000, immutable" : "no-cache";
}

}  // namespace vignette::relay
