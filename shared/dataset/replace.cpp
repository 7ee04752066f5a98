#include "shared/dataset/replace.hpp"

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

/// Small letters for the alphabets that have them next to their capitals: Latin, Greek, Cyrillic, Armenian.
/// What changes its length ("ß") or needs a language (Turkish i) stays as it is.
char32_t folded(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c < 0xC0) return c;
  if (c <= 0xDE) return c == 0xD7 ? c : c + 32;
  if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149) return c;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return (c & 1) != 0 ? c + 1 : c;
  if (c == 0x178) return 0xFF;
  if (c >= 0x100 && c <= 0x177) return c | 1;
  if (c == 0x386) return 0x3AC;
  if (c >= 0x388 && c <= 0x38A) return c + 37;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 63;
  if (c >= 0x391 && c <= 0x3AB && c != 0x3A2) return c + 32;
  if (c == 0x3C2) return 0x3C3;  // the final sigma is a sigma
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F)) return c | 1;
  if (c >= 0x531 && c <= 0x556) return c + 48;
  if (c >= 0x1E00 && c <= 0x1E95) return c | 1;
  if (c >= 0x1EA0 && c <= 0x1EFF) return c | 1;
  return c;
}

bool is_word(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  const bool is_sign = (c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) || c == 0xD7 || c == 0xF7 ||
                       (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) ||
                       (c >= 0xFF00 && c <= 0xFF0F);
  return !is_sign;
}

char32_t code_point_before(std::string_view text, std::size_t at) {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return next_code_point(text, at);
}

/// Where the match that begins at `at` ends.
std::optional<std::size_t> match_at(std::string_view text, std::size_t at, std::string_view find,
                                    bool match_case) {
  if (match_case) return text.substr(at).starts_with(find) ? std::optional(at + find.size()) : std::nullopt;
  for (std::size_t i = 0; i < find.size();) {
    if (at >= text.size()) return std::nullopt;
    if (folded(next_code_point(find, i)) != folded(next_code_point(text, at))) return std::nullopt;
  }
  return at;
}

/// A word ends or begins at each end of the match, where the match itself has a word there.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  const bool begins_word = is_word(next_code_point(text, at));
  const bool ends_word = is_word(code_point_before(text, end));
  if (begins_word && begin > 0 && is_word(code_point_before(text, begin))) return false;
  at = end;
  return !ends_word || end == text.size() || !is_word(next_code_point(text, at));
}

}  // namespace

std::optional<std::string> replaced(std::string_view text, std::string_view find, std::string_view with,
                                    const ReplaceRules& rules) {
  if (find.empty()) return std::nullopt;
  std::string out;
  std::size_t copied = 0;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = match_at(text, at, find, rules.match_case);
    if (end && (!rules.whole_words || stands_alone(text, at, *end))) {
      out.append(text, copied, at - copied).append(with);
      copied = at = *end;
      any = true;
    } else {
      (void)next_code_point(text, at);
    }
  }
  if (!any) return std::nullopt;
  return out.append(text, copied);
}

}  // namespace vignette
