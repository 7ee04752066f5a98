#include "tests/emulator/mind/prompt.hpp"

#include <cctype>
#include <sstream>
#include <vector>

#include "shared/base/utf8.hpp"

namespace vignette::emulator {
namespace {

bool mentions(const std::string& lower, const char* what) { return lower.find(what) != std::string::npos; }

std::string line_after(const std::string& prompt, const std::string& lower, const char* opening) {
  const std::size_t at = lower.find(opening);
  if (at == std::string::npos) return "";
  const std::size_t from = at + std::string(opening).size();
  std::string line(trim(prompt.substr(from, prompt.find('\n', from) - from)));
  if (line.size() >= 2 && line.front() == '"') line = line.substr(1, line.find('"', 1) - 1);
  return line;
}

std::string in_quotes(const std::string& prompt) {
  const std::size_t open = prompt.find('"');
  if (open == std::string::npos) return "";
  const std::size_t close = prompt.find('"', open + 1);
  return close == std::string::npos ? "" : prompt.substr(open + 1, close - open - 1);
}

// "at most 20 words", "20 words or fewer", "under 20 words": any number right before "words" with such a
// phrase near.
int word_limit(const std::string& lower) {
  static const char* const phrases[] = {"at most", "no more than", "up to",     "maximum", "max",    "within",
                                        "under",   "fewer",        "less than", "limit",   "or less"};
  std::size_t at = 0;
  while ((at = lower.find(" words", at)) != std::string::npos) {
    std::size_t begin = at;
    while (begin > 0 && std::isdigit(static_cast<unsigned char>(lower[begin - 1])) != 0) --begin;
    if (begin < at && at - begin < 6) {
      const std::size_t from = begin > 24 ? begin - 24 : 0;
      const std::string around = lower.substr(from, at + 20 - from);
      for (const char* phrase : phrases)
        if (mentions(around, phrase)) return std::stoi(lower.substr(begin, at - begin));
    }
    at += 6;
  }
  return 0;
}

}  // namespace

Wishes wishes_in(const std::string& prompt) {
  const std::string lower = to_lower_ascii(prompt);
  Wishes wishes;
  const bool json = mentions(lower, "json");
  wishes.boxes = mentions(lower, "box_2d") || mentions(lower, "bounding box");
  wishes.series = mentions(lower, "is_series");
  wishes.description =
      !wishes.series && (mentions(lower, "scene_summary") || (json && mentions(lower, "objects")));
  wishes.caption_json = json && !wishes.boxes && !wishes.series && !wishes.description;
  wishes.tags = mentions(lower, "tags") && !json;
  wishes.sentence = mentions(lower, "sentence");
  wishes.most_words = word_limit(lower);
  for (const char* opening :
       {"begin with:", "start with:", "begins with:", "starts with:", "first words are exactly:"})
    if (wishes.begin_with.empty()) wishes.begin_with = line_after(prompt, lower, opening);
  // JSON examples are full of quotes that are nobody's context.
  if (wishes.begin_with.empty() && !json && !wishes.boxes) wishes.begin_with = in_quotes(prompt);
  return wishes;
}

std::string first_words(const std::string& text, int most) {
  std::istringstream words(text);
  std::string out, word;
  for (int i = 0; i < most && words >> word; ++i) out += (out.empty() ? "" : " ") + word;
  while (!out.empty() && (out.back() == ',' || out.back() == ':')) out.pop_back();
  return out;
}

}  // namespace vignette::emulator
