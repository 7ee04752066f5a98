#include "shared/caption/checks.hpp"

namespace vignette::caption {
namespace {

struct Known {
  const char* name;
  const char* label;
  bool fixable;
};
constexpr Known kRulesKnown[kRules] = {
    {"thinking", "No thoughts", true},
    {"wrapping", "Only the caption", true},
    {"refusal", "No refusal", false},
    {"complete", "A whole answer", true},
    {"banned_starts", "No forbidden beginning", true},
    {"start", "Begins with the context", true},
    {"banned_phrases", "No forbidden words", true},
    {"loop", "No loops", true},
    {"max_words", "Not too many words", true},
    {"max_characters", "Not too many characters", true},
    {"max_sentences", "Not too many sentences", true},
    {"min_words", "Enough words", false},
    {"ending", "No punctuation at the end", true},
};
constexpr std::array kReactions = {"off", "mark", "fix", "repair", "fail"};

}  // namespace

const char* name_of(Rule rule) { return kRulesKnown[static_cast<std::size_t>(rule)].name; }
const char* label_of(Rule rule) { return kRulesKnown[static_cast<std::size_t>(rule)].label; }

std::optional<Rule> rule_named(std::string_view name) {
  for (std::size_t i = 0; i < kRules; ++i) {
    if (name == kRulesKnown[i].name) return static_cast<Rule>(i);
  }
  return std::nullopt;
}

const char* name_of(Reaction reaction) { return kReactions[static_cast<std::size_t>(reaction)]; }

std::optional<Reaction> reaction_named(std::string_view name) {
  for (std::size_t i = 0; i < kReactions.size(); ++i) {
    if (name == kReactions[i]) return static_cast<Reaction>(i);
  }
  return std::nullopt;
}

bool can_react(Rule rule, Reaction reaction) {
  if (reaction == Reaction::Fix) return kRulesKnown[static_cast<std::size_t>(rule)].fixable;
  // A caption of no words, or thoughts instead of one, cannot be kept with a mark on it.
  const bool needed = rule == Rule::Complete || rule == Rule::Thinking;
  return !needed || (reaction != Reaction::Off && reaction != Reaction::Mark);
}

Checks basic_checks() {
  Checks out;
  out.of(Rule::Thinking) = Reaction::Fix;
  out.of(Rule::Wrapping) = Reaction::Fix;
  out.of(Rule::Refusal) = Reaction::Fail;
  out.of(Rule::Complete) = Reaction::Repair;
  return out;
}

}  // namespace vignette::caption
