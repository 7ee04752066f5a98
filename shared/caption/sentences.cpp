#include "shared/caption/sentences.hpp"

#include <algorithm>
#include <array>

#include "shared/base/utf8.hpp"

namespace vignette::caption {
namespace {

bool is_space(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

/// Marks of scripts that put no space behind them end a sentence wherever they stand.
bool ends_anywhere(char32_t c) {
  return c == U'。' || c == U'！' || c == U'？' || c == U'।' || c == U'؟' || c == U'۔';
}
bool ends_before_space(char32_t c) { return c == '.' || c == '!' || c == '?' || c == U'…'; }

bool closes(char32_t c) {
  constexpr std::u32string_view kClosing = U"\"')]}”’»›“」』）】";
  return kClosing.find(c) != std::u32string_view::npos;
}

/// Enough of the world's lower-case letters to see that a sentence goes on.
bool is_lower(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x3B1 && c <= 0x3C9) ||
         (c >= 0x430 && c <= 0x45F);
}

bool is_upper_ascii(char c) { return c >= 'A' && c <= 'Z'; }

/// The word that ends right before `at`, with the points inside it: "e.g", "St", "3.5".
std::string_view word_before(std::string_view text, std::size_t at) {
  std::size_t from = at;
  while (from > 0 && std::string_view(" \t\r\n(\"'[/").find(text[from - 1]) == std::string_view::npos) --from;
  return text.substr(from, at - from);
}

bool is_abbreviation(std::string_view word) {
  static constexpr std::array kKnown = {
      // English
      "st", "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "vs", "ca", "approx", "no", "nos", "fig", "vol",
      "ave", "blvd", "rd", "mt", "ft", "gen", "col", "lt", "sgt", "capt", "rev", "hon", "est", "e.g", "i.e",
      "cf", "al",
      // German
      "nr", "str", "abb", "bzw", "z.b", "d.h", "u.a", "z.t", "hl", "geb", "jh", "evtl", "ggf", "inkl",
      // French, Spanish, Italian, Dutch
      "mme", "mlle", "sra", "srta", "ud", "dott", "sig", "av", "bd", "bijv", "mevr", "dhr"};
  const std::string lower = to_lower_ascii(word);
  return std::any_of(kKnown.begin(), kKnown.end(), [&](const char* known) { return lower == known; });
}

/// A full stop that belongs to the word before it.
bool is_part_of_word(std::string_view word) {
  if (word.empty()) return true;
  const bool initial = word.size() == 1 && is_upper_ascii(word[0]);
  const bool initials = word.size() >= 3 && word[word.size() - 2] == '.' && is_upper_ascii(word.back());
  const bool ordinal = word.size() <= 2 && std::all_of(word.begin(), word.end(), [](char c) {
                         return is_digit(static_cast<unsigned char>(c));
                       });
  return initial || initials || ordinal || is_abbreviation(word);
}

struct Next {
  bool end = false;    ///< nothing but spaces follows
  bool apart = false;  ///< a space comes first
  bool paragraph = false;
  char32_t first = 0;
};
std::size_t skip_space(std::string_view text, std::size_t at) {
  for (std::size_t next = at; next < text.size(); at = next) {
    if (!is_space(next_code_point(text, next))) break;
  }
  return at;
}

bool is_blank_line(std::string_view space) { return std::count(space.begin(), space.end(), '\n') > 1; }

Next what_follows(std::string_view text, std::size_t at) {
  const std::size_t after = skip_space(text, at);
  Next out{after >= text.size(), after > at, is_blank_line(text.substr(at, after - at)), 0};
  std::size_t next = after;
  if (!out.end) out.first = next_code_point(text, next);
  return out;
}

bool ends_here(std::string_view text, std::size_t mark_at, std::size_t after, char32_t mark) {
  const Next next = what_follows(text, after);
  if (next.end) return true;
  if (ends_anywhere(mark) || next.paragraph) return true;
  if (!next.apart || is_lower(next.first)) return false;
  if (mark != '.') return true;
  return !is_part_of_word(word_before(text, mark_at));
}

}  // namespace

std::vector<std::size_t> sentence_ends(std::string_view text) {
  std::vector<std::size_t> ends;
  std::size_t content_end = text.size();
  while (content_end > 0 && is_space(static_cast<unsigned char>(text[content_end - 1]))) --content_end;
  text = text.substr(0, content_end);

  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark_at = at;
    const char32_t mark = next_code_point(text, at);
    if (is_space(mark)) {
      at = skip_space(text, mark_at);
      const std::size_t from = ends.empty() ? 0 : ends.back();
      const bool something_before = !trim(text.substr(from, mark_at - from)).empty();
      if (is_blank_line(text.substr(mark_at, at - mark_at)) && something_before) ends.push_back(mark_at);
      continue;
    }
    if (!ends_before_space(mark) && !ends_anywhere(mark)) continue;
    // "?!", "..." and what closes with them belong together.
    std::size_t after = at;
    for (std::size_t peek = after; peek < text.size(); after = peek) {
      const char32_t c = next_code_point(text, peek);
      if (!ends_before_space(c) && !ends_anywhere(c) && !closes(c)) break;
    }
    if (ends_here(text, mark_at, after, mark)) ends.push_back(after);
    at = after;
  }
  if (!text.empty() && (ends.empty() || ends.back() < text.size())) ends.push_back(text.size());
  return ends;
}

}  // namespace vignette::caption
