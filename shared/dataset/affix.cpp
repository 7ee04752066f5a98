#include "shared/dataset/affix.hpp"

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

bool is_word_byte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || c == '_';
}

/// "a photo" begins with "a", but not because somebody put that prefix there twice: a match must end where a
/// word ends.
bool begins_with_words(std::string_view text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  return text.size() == start.size() || !is_word_byte(start.back()) || !is_word_byte(text[start.size()]);
}

bool ends_with_words(std::string_view text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  return text.size() == end.size() || !is_word_byte(end.front()) ||
         !is_word_byte(text[text.size() - end.size() - 1]);
}

bool begins_like_punctuation(std::string_view s) {
  return std::string_view(",.;:!?)").find(s.front()) != std::string_view::npos;
}

}  // namespace

std::string with_affixes(std::string_view text, std::string_view prefix, std::string_view suffix) {
  // An affix of spaces only is as good as none; inner and outer ones are the writer's wish only as a
  // separator.
  const std::string_view before = trim(prefix);
  const std::string_view after = trim(suffix);
  std::string out(text);
  if (!before.empty() && !begins_with_words(trim(out), before)) {
    const std::string_view rest = trim(out);
    out = rest.empty() ? std::string(before) : std::string(before) + " " + std::string(rest);
  }
  if (!after.empty() && !ends_with_words(trim(out), after)) {
    const std::string head(trim(out));
    const bool needs_space = !head.empty() && !begins_like_punctuation(after);
    out = head + (needs_space ? " " : "") + std::string(after);
  }
  return out;
}

}  // namespace vignette
