#include "shared/caption/answer_text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "shared/base/utf8.hpp"

namespace vignette::caption {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view without_fence(std::string_view text) {
  const std::size_t open = text.find("```");
  if (open == std::string_view::npos) return text;
  const std::size_t line = text.find('\n', open);
  const std::size_t close = text.find("```", open + 3);
  // "```one line```" has no language word before the text.
  const std::size_t from = line != std::string_view::npos && line < close ? line + 1 : open + 3;
  return trim(text.substr(from, close == std::string_view::npos ? close : close - from));
}

/// "Sure! Here is a caption for your picture:". A caption may have a line that ends in a colon, too, so the
/// words must be those of somebody who hands something over.
bool is_introduction(std::string_view line) {
  while (line.ends_with('*')) line.remove_suffix(1);
  if (!line.ends_with(':') || count_words(line) > 14) return false;
  const std::string lower = to_lower_ascii(line);
  for (const std::string_view word : {"caption", "description", "here is", "here's", "here are", "tags",
                                      "answer", "sure", "certainly", "hier ist", "voici", "aquí", "ecco"}) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

/// An introduction on a line of its own, or "Caption:" before the text.
std::string_view without_label(std::string_view text) {
  const std::size_t line_end = text.find('\n');
  if (line_end != std::string_view::npos && is_introduction(trim(text.substr(0, line_end))))
    return trim(text.substr(line_end));
  static constexpr std::array kLabels = {
      "caption:",     "**caption:**", "**caption**:", "here is the caption:", "here's the caption:",
      "description:", "tags:",        "answer:",      "bildunterschrift:",    "légende :",
      "légende:"};
  const std::string lower = to_lower_ascii(text.substr(0, 40));
  for (const std::string_view label : kLabels) {
    if (lower.starts_with(label)) return trim(text.substr(label.size()));
  }
  return text;
}

/// Only where they stand around the whole and nowhere inside: `"OPEN" and "CLOSED"` keeps its own.
std::string_view without_quotes(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kPairs = {
      {{"**", "**"}, {"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {"'", "'"}, {"`", "`"}, {"「", "」"}}};
  for (bool again = true; again;) {
    again = false;
    for (const auto& [open, close] : kPairs) {
      if (text.size() <= open.size() + close.size() || !text.starts_with(open) || !text.ends_with(close))
        continue;
      const std::string_view inside = text.substr(open.size(), text.size() - open.size() - close.size());
      if (inside.find(open) != std::string_view::npos || inside.find(close) != std::string_view::npos)
        continue;
      text = trim(inside);
      again = true;
    }
  }
  return text;
}

/// Runs of white space become one space; a blank line stays one, because it ends a sentence without a mark.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_space(text[at])) {
      out += text[at++];
      continue;
    }
    int breaks = 0;
    while (at < text.size() && is_space(text[at])) breaks += text[at++] == '\n' ? 1 : 0;
    out += breaks > 1 ? "\n\n" : " ";
  }
  return out;
}

std::string_view without_bullet(std::string_view line) {
  for (const std::string_view bullet :
       {std::string_view("- "), std::string_view("* "), std::string_view("• ")}) {
    if (line.starts_with(bullet)) return trim(line.substr(bullet.size()));
  }
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  const bool numbered = digits > 0 && digits + 1 < line.size() &&
                        (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
  return numbered ? trim(line.substr(digits + 2)) : line;
}

std::string as_tags(std::string_view text) {
  std::string out;
  std::set<std::string> seen;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(",;\n", at), text.size());
    std::string_view tag = without_quotes(without_bullet(trim(text.substr(at, end - at))));
    while (tag.ends_with('.')) tag = trim(tag.substr(0, tag.size() - 1));
    if (!tag.empty() && seen.insert(to_lower_ascii(tag)).second)
      out += (out.empty() ? "" : ", ") + std::string(tag);
    at = end + 1;
  }
  return out;
}

/// ’ as ', so that one spelling of each phrase is enough.
std::string with_plain_apostrophes(std::string_view text) {
  std::string out(text);
  for (std::size_t at = out.find("’"); at != std::string::npos; at = out.find("’", at))
    out.replace(at, 3, "'");
  return out;
}

}  // namespace

std::string unwrapped(std::string_view answer, Shape shape) {
  const std::string_view text = without_quotes(without_label(without_fence(trim(answer))));
  if (shape == Shape::Tags) return as_tags(text);
  if (shape == Shape::Description) return std::string(text);
  return on_one_line(text);
}

bool is_refusal(std::string_view text) {
  static constexpr std::array kOpenings = {"i'm sorry",
                                           "i am sorry",
                                           "sorry, i",
                                           "sorry, but i",
                                           "i apologize",
                                           "my apologies",
                                           "i can't",
                                           "i cannot",
                                           "i can not",
                                           "i'm unable",
                                           "i am unable",
                                           "i'm not able",
                                           "i am not able",
                                           "i won't",
                                           "i will not",
                                           "i must decline",
                                           "i have to decline",
                                           "as an ai",
                                           "as a language model",
                                           "unfortunately, i",
                                           "i don't feel comfortable",
                                           "i'm not comfortable",
                                           "unable to assist",
                                           "i do not see an image",
                                           "i don't see an image",
                                           "i don't see any image",
                                           "es tut mir leid",
                                           "tut mir leid",
                                           "ich kann dir nicht",
                                           "ich kann ihnen nicht",
                                           "ich kann dabei nicht",
                                           "leider kann ich",
                                           "je suis désolé",
                                           "désolé, je",
                                           "je ne peux pas",
                                           "lo siento,",
                                           "lo siento pero",
                                           "no puedo ayudar",
                                           "mi dispiace",
                                           "non posso",
                                           "desculpe,",
                                           "não posso",
                                           "het spijt me",
                                           "ik kan niet",
                                           "извините",
                                           "к сожалению, я",
                                           "申し訳",
                                           "すみません",
                                           "抱歉",
                                           "对不起",
                                           "很抱歉",
                                           "我无法",
                                           "죄송"};
  const std::string start = to_lower_ascii(with_plain_apostrophes(trim(text).substr(0, 80)));
  return std::any_of(kOpenings.begin(), kOpenings.end(),
                     [&](std::string_view opening) { return start.starts_with(opening); });
}

}  // namespace vignette::caption
