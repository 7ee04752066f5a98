#include "shared/caption/phrases.hpp"

#include <algorithm>
#include <array>

#include "shared/base/utf8.hpp"

namespace vignette::caption {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_word_byte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || u == '_';
}

/// Whether a match of [from, to) stands on its own there. Scripts without spaces have no such borders.
bool is_whole(std::string_view text, std::size_t from, std::size_t to) {
  const auto ascii_word = [](char c) { return is_word_byte(c) && (c & 0x80) == 0; };
  const bool left = from == 0 || !ascii_word(text[from]) || !is_word_byte(text[from - 1]);
  const bool right = to == text.size() || !ascii_word(text[to - 1]) || !is_word_byte(text[to]);
  return left && right;
}

constexpr std::array<std::string_view, 14> kEndMarks = {".",  "!",  "?",  ",",  ";",  ":",  "…",
                                                        "。", "！", "？", "，", "；", "：", "।"};

}  // namespace

bool begins_with_context(std::string_view text, std::string_view context) {
  return !context.empty() && text.starts_with(context) && is_whole(text, 0, context.size());
}

bool begins_with_phrase(std::string_view text, std::string_view phrase) {
  if (phrase.empty() || text.size() < phrase.size()) return false;
  return to_lower_ascii(text.substr(0, phrase.size())) == to_lower_ascii(phrase) &&
         is_whole(text, 0, phrase.size());
}

bool without_phrase(std::string& text, std::string_view phrase) {
  if (phrase.empty()) return false;
  const std::string wanted = to_lower_ascii(phrase);
  bool found = false;
  std::string lower = to_lower_ascii(text);
  for (std::size_t at = lower.find(wanted); at != std::string::npos; at = lower.find(wanted, at)) {
    if (!is_whole(text, at, at + wanted.size())) {
      ++at;
      continue;
    }
    found = true;
    std::size_t to = at + wanted.size();
    while (to < text.size() && is_space(text[to])) ++to;
    // The space before goes too where a mark follows, so that no "word ," is left.
    std::size_t from = at;
    const bool mark_follows =
        to == text.size() || std::string_view(".!?,;:").find(text[to]) != std::string_view::npos;
    while (mark_follows && from > 0 && is_space(text[from - 1])) --from;
    text.erase(from, to - from);
    lower.erase(from, to - from);
    at = from;
  }
  return found;
}

std::string first_words(std::string_view text, std::size_t count) {
  std::size_t words = 0;
  std::size_t at = 0;
  while (at < text.size() && words < count) {
    while (at < text.size() && is_space(text[at])) ++at;
    while (at < text.size() && !is_space(text[at])) ++at;
    ++words;
  }
  return without_end_marks(text.substr(0, at));
}

std::string first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  std::size_t word_end = 0;
  for (std::size_t characters = 0; at < text.size() && characters < count; ++characters) {
    next_code_point(text, at);
    if (at < text.size() && is_space(text[at])) word_end = at;
  }
  if (at == text.size()) return std::string(text);
  return without_end_marks(text.substr(0, word_end > 0 ? word_end : at));
}

std::string without_end_marks(std::string_view text) {
  text = trim(text);
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : kEndMarks) {
      if (!text.ends_with(mark)) continue;
      text = trim(text.substr(0, text.size() - mark.size()));
      again = true;
    }
  }
  return std::string(text);
}

}  // namespace vignette::caption
