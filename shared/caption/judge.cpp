#include "shared/caption/judge.hpp"

#include <algorithm>

#include "shared/base/utf8.hpp"
#include "shared/caption/answer_text.hpp"
#include "shared/caption/loops.hpp"
#include "shared/caption/phrases.hpp"
#include "shared/caption/sentences.hpp"
#include "shared/provider/think.hpp"

namespace vignette::caption {
namespace {

using MaybeFault = std::optional<Fault>;

std::string count_of(std::size_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string allowed(const char* bound, int limit) {
  return std::string(bound) + " " + std::to_string(limit) + (limit == 1 ? " is" : " are") + " allowed.";
}

MaybeFault thinking(std::string_view text) {
  const provider::Spoken spoken = provider::without_thinking(text);
  if (spoken.thinking.empty() && spoken.text == text) return std::nullopt;
  if (spoken.cut) return Fault{"The model only thought and ran out of room before it answered.", {}};
  return Fault{"The model wrote its thoughts into the answer.", spoken.text};
}

MaybeFault wrapping(std::string_view text, Shape shape) {
  const std::string bare = unwrapped(text, shape);
  if (bare == text) return std::nullopt;
  // White space around an answer is no fault worth a word, but it goes all the same.
  return Fault{bare == trim(text) ? "" : "The caption came with something around it.", bare};
}

/// Ends of sentences, not counting marks inside the context.
std::vector<std::size_t> ends_after(std::string_view text, std::string_view context) {
  const std::size_t skipped = !context.empty() && text.starts_with(context) ? context.size() : 0;
  std::vector<std::size_t> ends = sentence_ends(text.substr(skipped));
  for (std::size_t& end : ends) end += skipped;
  return ends;
}

MaybeFault complete(std::string_view text, const Situation& situation) {
  if (trim(text).empty()) return Fault{"The answer holds no caption.", {}};
  if (!situation.cut_off || situation.shape == Shape::Description) return std::nullopt;
  if (situation.shape == Shape::Tags) {
    const std::size_t comma = text.rfind(',');
    if (comma == std::string_view::npos) return std::nullopt;
    return Fault{"The answer was cut off at the longest length allowed.",
                 std::string(trim(text.substr(0, comma)))};
  }
  if (ends_after(text, situation.context).size() > 1) return std::nullopt;  // the first one is whole
  return Fault{"The answer was cut off at the longest length allowed.", {}};
}

MaybeFault banned_start(std::string_view text, const Situation& situation) {
  // A context may begin with "Photo of"; then the caption has to, too.
  if (begins_with_context(text, situation.context)) return std::nullopt;
  std::string_view rest = text;
  std::string_view found;
  for (bool again = true; again;) {
    again = false;
    // The longest first, so that "a photo" leaves no "of" behind.
    std::size_t longest = 0;
    for (const std::string& start : situation.checks.banned_starts) {
      if (start.size() <= longest || !begins_with_phrase(rest, start)) continue;
      longest = start.size();
      if (found.empty()) found = start;
    }
    if (longest == 0) break;
    rest.remove_prefix(longest);
    const std::size_t next = rest.find_first_not_of(" ,:;-\t\n");
    rest.remove_prefix(std::min(next, rest.size()));
    again = !rest.empty();
  }
  if (found.empty()) return std::nullopt;
  std::string fixed(rest);
  const bool keeps_case = begins_with_context(fixed, situation.context);
  if (!keeps_case && !fixed.empty() && !text.empty() && text[0] >= 'A' && text[0] <= 'Z' && fixed[0] >= 'a' &&
      fixed[0] <= 'z') {
    fixed[0] = static_cast<char>(fixed[0] - 'a' + 'A');
  }
  return Fault{"It begins with “" + std::string(found) + "”.",
               fixed.empty() ? std::nullopt : std::optional(fixed)};
}

MaybeFault start(std::string_view text, const std::string& context) {
  if (begins_with_context(text, context)) return std::nullopt;
  const std::string fault = "It does not begin with “" + context + "”.";
  const bool other_case = begins_with_phrase(text, context);
  if (other_case) return Fault{fault, context + std::string(text.substr(context.size()))};
  return Fault{fault, trim(text).empty() ? context : context + ", " + std::string(trim(text))};
}

MaybeFault banned_phrase(std::string_view text, const std::vector<std::string>& phrases) {
  std::string rest(text);
  std::string found;
  for (const std::string& phrase : phrases) {
    if (!without_phrase(rest, phrase)) continue;
    found += (found.empty() ? "“" : ", “") + phrase + "”";
  }
  if (found.empty()) return std::nullopt;
  return Fault{"It says " + found + ".", rest.empty() ? std::nullopt : std::optional(rest)};
}

MaybeFault loop(std::string_view text) {
  const std::optional<Loop> found = find_loop(text);
  if (!found) return std::nullopt;
  return Fault{"It goes round in circles: “" + found->words + "” stands there " +
                   count_of(found->times, "time", "times") + ".",
               std::string(trim(text.substr(0, found->second_at)))};
}

MaybeFault max_words(std::string_view text, int limit) {
  const std::size_t words = count_words(text);
  if (words <= static_cast<std::size_t>(limit)) return std::nullopt;
  return Fault{"It has " + count_of(words, "word", "words") + "; " + allowed("at most", limit),
               first_words(text, static_cast<std::size_t>(limit))};
}

MaybeFault max_characters(std::string_view text, int limit) {
  const std::size_t characters = count_characters(text);
  if (characters <= static_cast<std::size_t>(limit)) return std::nullopt;
  return Fault{"It has " + count_of(characters, "character", "characters") + "; " + allowed("at most", limit),
               first_characters(text, static_cast<std::size_t>(limit))};
}

MaybeFault sentences(std::string_view text, const Situation& situation) {
  const std::vector<std::size_t> ends = ends_after(text, situation.context);
  const auto limit = static_cast<std::size_t>(situation.checks.max_sentences);
  if (ends.size() <= limit) return std::nullopt;
  return Fault{"It has " + count_of(ends.size(), "sentence", "sentences") + "; " +
                   allowed("at most", situation.checks.max_sentences),
               std::string(trim(text.substr(0, ends[limit - 1])))};
}

MaybeFault min_words(std::string_view text, int limit) {
  const std::size_t words = count_words(text);
  if (words >= static_cast<std::size_t>(limit)) return std::nullopt;
  return Fault{"It has " + count_of(words, "word", "words") + "; at least " + std::to_string(limit) +
                   (limit == 1 ? " is" : " are") + " wanted.",
               {}};
}

MaybeFault ending(std::string_view text) {
  const std::string bare = without_end_marks(text);
  if (bare == text || bare.empty()) return std::nullopt;
  return Fault{"It ends with punctuation.", bare};
}

}  // namespace

bool applies(Rule rule, const Situation& situation) {
  const Checks& checks = situation.checks;
  if (checks.of(rule) == Reaction::Off) return false;
  switch (rule) {
    case Rule::BannedStart: return !checks.banned_starts.empty();
    case Rule::Start: return !situation.context.empty();
    case Rule::BannedPhrase: return !checks.banned_phrases.empty();
    case Rule::MaxWords: return checks.max_words > 0;
    case Rule::MaxCharacters: return checks.max_characters > 0;
    case Rule::Sentences: return checks.max_sentences > 0;
    case Rule::MinWords: return checks.min_words > 0;
    default: return true;
  }
}

std::optional<Fault> judge(Rule rule, std::string_view text, const Situation& situation) {
  const Checks& checks = situation.checks;
  switch (rule) {
    case Rule::Thinking: return thinking(text);
    case Rule::Wrapping: return wrapping(text, situation.shape);
    case Rule::Refusal:
      // What begins with the context is a caption, even of a sign that says "I can't".
      if (begins_with_context(text, situation.context) || !is_refusal(text)) return std::nullopt;
      return Fault{"The model refused to describe this picture.", {}};
    case Rule::Complete: return complete(text, situation);
    case Rule::BannedStart: return banned_start(text, situation);
    case Rule::Start: return start(text, situation.context);
    case Rule::BannedPhrase: return banned_phrase(text, checks.banned_phrases);
    case Rule::Loop: return loop(text);
    case Rule::MaxWords: return max_words(text, checks.max_words);
    case Rule::MaxCharacters: return max_characters(text, checks.max_characters);
    case Rule::Sentences: return sentences(text, situation);
    case Rule::MinWords: return min_words(text, checks.min_words);
    case Rule::Ending: return ending(text);
  }
  return std::nullopt;
}

std::string praise(Rule rule, std::string_view text) {
  switch (rule) {
    case Rule::Thinking: return "The answer holds no thoughts.";
    case Rule::Wrapping: return "The answer is only the caption.";
    case Rule::Refusal: return "The model answered.";
    case Rule::Complete: return "The answer is whole.";
    case Rule::BannedStart: return "It has no forbidden beginning.";
    case Rule::Start: return "It begins with the context.";
    case Rule::BannedPhrase: return "It says nothing forbidden.";
    case Rule::Loop: return "It does not go round in circles.";
    case Rule::MaxWords:
    case Rule::MinWords: return "It has " + count_of(count_words(text), "word", "words") + ".";
    case Rule::MaxCharacters:
      return "It has " + count_of(count_characters(text), "character", "characters") + ".";
    case Rule::Sentences: return "It has no sentence too many.";
    case Rule::Ending: return "It ends without punctuation.";
  }
  return {};
}

}  // namespace vignette::caption
