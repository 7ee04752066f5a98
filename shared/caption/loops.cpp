#include "shared/caption/loops.hpp"

#include <map>
#include <vector>

#include "shared/base/utf8.hpp"

namespace vignette::caption {
namespace {

constexpr std::size_t kWords = 4;
constexpr std::size_t kTimes = 4;

struct Word {
  std::string text;  // lower case, without punctuation around it
  std::size_t at;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> out;
  constexpr std::string_view kAround = ".,;:!?\"'()[]";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = text.find_first_not_of(" \t\r\n", at);
    if (from == std::string_view::npos) break;
    const std::size_t to = std::min(text.find_first_of(" \t\r\n", from), text.size());
    std::string_view word = text.substr(from, to - from);
    while (!word.empty() && kAround.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
    while (!word.empty() && kAround.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    if (!word.empty()) out.push_back({to_lower_ascii(word), from});
    at = to;
  }
  return out;
}

}  // namespace

std::optional<Loop> find_loop(std::string_view text) {
  const std::vector<Word> words = words_of(text);
  std::map<std::string, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i + kWords <= words.size(); ++i) {
    std::string four = words[i].text;
    for (std::size_t j = 1; j < kWords; ++j) four += " " + words[i + j].text;
    places[four].push_back(words[i].at);
  }
  std::optional<Loop> first;
  for (const auto& [four, at] : places) {
    if (at.size() >= kTimes && (!first || at[1] < first->second_at)) first = Loop{four, at.size(), at[1]};
  }
  return first;
}

}  // namespace vignette::caption
