#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/caption/shape.hpp"

namespace vignette::caption {

/// What is looked at in an answer, in the order it is looked at.
enum class Rule {
  Thinking,      ///< thoughts the model wrote into its answer
  Wrapping,      ///< a code fence, quotes, "Caption:", line breaks
  Refusal,       ///< "I'm sorry, but I can't"
  Complete,      ///< nothing at all, or cut off in the middle of the first sentence
  BannedStart,   ///< "a photo of"
  Start,         ///< begins with the context, to the letter
  BannedPhrase,  ///< words that must not occur
  Loop,          ///< the same four words four times
  MaxWords,
  MaxCharacters,
  Sentences,  ///< more than max_sentences
  MinWords,
  Ending,  ///< punctuation at the end
};
inline constexpr std::size_t kRules = 13;
const char* name_of(Rule rule);   ///< "max_words": in JSON and scripts
const char* label_of(Rule rule);  ///< "At most so many words": in the editor
std::optional<Rule> rule_named(std::string_view name);

enum class Reaction {
  Off,
  Mark,    ///< keep the caption and say what is wrong with it
  Fix,     ///< correct it here
  Repair,  ///< ask the model once more; wrong again is a failure
  Fail,    ///< no caption
};
const char* name_of(Reaction reaction);
std::optional<Reaction> reaction_named(std::string_view name);

/// Not every fault can be corrected here: nobody but the model can make a caption longer. Fix takes away
/// thoughts, wrapping, forbidden beginnings and words, marks at the end and a tag that was cut in two; puts
/// the context before; ends a loop before its second round; keeps the first so many words, characters or
/// sentences. Where that is not possible after all, it asks the model as Repair does.
bool can_react(Rule rule, Reaction reaction);

/// The rules of a preset. A limit of 0 or an empty list is no rule.
struct Checks {
  std::array<Reaction, kRules> reactions{};
  int min_words = 0;
  int max_words = 0;
  int max_characters = 0;
  int max_sentences = 0;
  std::vector<std::string> banned_starts;
  std::vector<std::string> banned_phrases;

  Reaction& of(Rule rule) { return reactions[static_cast<std::size_t>(rule)]; }
  Reaction of(Rule rule) const { return reactions[static_cast<std::size_t>(rule)]; }
  bool operator==(const Checks&) const = default;
};

/// Thoughts, wrapping and empty answers are never wanted; everything else is the preset's choice.
Checks basic_checks();

}  // namespace vignette::caption
