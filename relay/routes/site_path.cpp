#include "relay/routes/site_path.hpp"

#include <algorithm>

#include "shared/base/utf8.hpp"

namespace vignette::relay {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Error malformed() {
  return {.code = ErrorCode::InvalidInput, .message = "The path is not well-formed.", .hint = ""};
}
Error hidden() {
  return {.code = ErrorCode::NotFound, .message = "There is nothing at this address.", .hint = ""};
}

Result<std::string> decoded_segment(std::string_view segment) {
  std::string text;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    char c = segment[i];
    if (c == '%') {
      if (i + 2 >= segment.size()) return malformed();
      const int high = hex_value(segment[i + 1]);
      const int low = hex_value(segment[i + 2]);
      if (high < 0 || low < 0) return malformed();
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    const bool control = (c >= 0 && c < 0x20) || c == 0x7F;
    if (control || c == '/' || c == '\\') return malformed();
    text += c;
  }
  if (!is_utf8(text)) return malformed();
  // Also ".." and ".": no name that begins with a dot is served.
  if (text.empty() || text[0] == '.') return hidden();
  return text;
}

}  // namespace

Result<std::string> site_path(std::string_view request_path) {
  if (request_path.empty() || request_path[0] != '/') return malformed();
  std::string path;
  for (std::size_t begin = 1; begin < request_path.size();) {
    const std::size_t end = std::min(request_path.find('/', begin), request_path.size());
    auto segment = decoded_segment(request_path.substr(begin, end - begin));
    if (!segment) return segment.error();
    path += *segment;
    if (end < request_path.size()) path += '/';
    begin = end + 1;
  }
  return path;
}

}  // namespace vignette::relay
