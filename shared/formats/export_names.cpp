#include "shared/formats/export_names.hpp"

#include <array>

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_reserved_on_windows(std::string_view stem) {
  static constexpr std::array<std::string_view, 4> kDevices = {"con", "prn", "aux", "nul"};
  const std::string lower = to_lower_ascii(stem.substr(0, stem.find('.')));
  for (const std::string_view device : kDevices) {
    if (lower == device) return true;
  }
  const bool numbered = lower.size() == 4 && (lower.starts_with("com") || lower.starts_with("lpt"));
  return numbered && lower[3] >= '1' && lower[3] <= '9';
}

}  // namespace

std::string safe_stem(std::string_view name) {
  constexpr std::size_t kLongest = 200;
  std::string out;
  for (std::size_t at = 0; at < name.size() && out.size() < kLongest;) {
    const char32_t c = next_code_point(name, at);
    const char ascii = c < 0x80 ? static_cast<char>(c) : '\0';
    const bool keeps =
        is_letter_or_digit(ascii) || ascii == '.' || ascii == '_' || ascii == '-' || ascii == ' ';
    out.push_back(keeps ? ascii : '_');
  }
  const auto is_edge = [](char c) { return c == ' ' || c == '.'; };
  while (!out.empty() && is_edge(out.back())) out.pop_back();
  while (!out.empty() && is_edge(out.front())) out.erase(out.begin());
  if (is_reserved_on_windows(out)) out += "_";
  return out.empty() ? "picture" : out;
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : to_lower_ascii(text)) {
    if (is_letter_or_digit(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != '_') {
      out.push_back('_');
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (out.size() > 100) out.resize(100);
  return out;
}

std::string UniqueStems::take(const std::string& wanted) {
  std::string stem = wanted;
  for (int n = 2; !taken_.insert(to_lower_ascii(stem)).second; ++n) stem = wanted + "_" + std::to_string(n);
  return stem;
}

}  // namespace vignette
