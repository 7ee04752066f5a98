#include "shared/caption/nouns.hpp"

#include <algorithm>
#include <array>

namespace vignette::caption {
namespace {

struct Irregular {
  std::string_view one, many;
};
constexpr Irregular kIrregular[] = {
    {"person", "people"}, {"mouse", "mice"},        {"sheep", "sheep"},       {"knife", "knives"},
    {"skis", "skis"},     {"scissors", "scissors"}, {"broccoli", "broccoli"}, {"wolf", "wolves"},
};

// There is no "a corn".
constexpr std::string_view kUncountable[] = {"broccoli",        "corn",          "hay",      "guacamole",
                                             "ice cream",       "mashed potato", "velvet",   "wool",
                                             "chain mail",      "consomme",      "espresso", "carbonara",
                                             "swimming trunks", "honeycomb",     "dough",    "plastic"};
constexpr std::string_view kSingularInS[] = {
    "bus",    "trolleybus", "minibus",  "school bus",  "cactus",  "compass", "lens",
    "abacus", "ibis",       "platypus", "triceratops", "octopus", "bass",    "hippopotamus",
    "walrus", "canvas",     "gas",      "stylus",      "cassis"};
// Said with another sound than they are written with.
constexpr std::string_view kLikeVowel[] = {"hour"};
constexpr std::string_view kLikeConsonant[] = {"uni", "eu", "one-", "ukulele"};

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}
template <class List>
bool begins_with_one(const List& list, std::string_view word) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](std::string_view each) { return word.starts_with(each); });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_plural(std::string_view noun) {
  return noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us") && !noun.ends_with("is") &&
         !holds(kSingularInS, noun);
}

std::string plural(std::string_view noun) {
  for (const Irregular& each : kIrregular) {
    if (noun == each.one) return std::string(each.many);
  }
  const std::string word(noun);
  for (const std::string_view ending : {"s", "x", "z", "ch", "sh"}) {
    if (noun.ends_with(ending)) return word + "es";
  }
  if (noun.size() > 1 && noun.ends_with('y') &&
      std::string_view("aeiou").find(noun[noun.size() - 2]) == std::string_view::npos)
    return word.substr(0, word.size() - 1) + "ies";
  return word + "s";
}

}  // namespace

std::string with_article(std::string_view noun) {
  if (noun.empty() || is_plural(noun) || holds(kUncountable, noun)) return std::string(noun);
  const std::string word(noun);
  const bool vowel = std::string_view("aeiou").find(lower(noun.front())) != std::string_view::npos;
  const bool an = begins_with_one(kLikeVowel, noun) || (vowel && !begins_with_one(kLikeConsonant, noun));
  return (an ? "an " : "a ") + word;
}

std::string counted_noun(std::string_view noun, std::size_t count) {
  static constexpr std::array<const char*, 11> kWords = {"no",  "one",   "two",   "three", "four", "five",
                                                         "six", "seven", "eight", "nine",  "ten"};
  if (count == 1) return with_article(noun);
  return (count < kWords.size() ? kWords[count] : std::to_string(count)) + (" " + plural(noun));
}

std::string listed(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
    out += parts[i];
  }
  return out;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

}  // namespace vignette::caption
