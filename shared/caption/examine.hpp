#pragma once
#include <string>
#include <vector>

#include "shared/caption/judge.hpp"

namespace vignette::caption {

/// What one rule said about one caption.
struct Verdict {
  enum class State { Kept, Fixed, Broken };
  Rule rule = Rule::Complete;
  State state = State::Kept;
  Reaction reaction = Reaction::Off;
  std::string sentence;  ///< for the person: "It has 63 words; at most 50 are allowed."
};

enum class Outcome {
  Accepted,  ///< store the caption; a verdict that is Broken is a mark on it
  Repair,    ///< ask once more, with repair_prompt()
  Failed     ///< store nothing; the first Broken verdict says why
};

struct Examined {
  std::string caption;
  std::vector<Verdict> verdicts;  ///< of every rule that applies, in order
  Outcome outcome = Outcome::Accepted;
  bool refused = false;
  /// The first thing that is wrong, for the row of a failed picture; "" where nothing is.
  std::string reason() const;
};

/// An answer to a caption. `second`: it is already the answer to a repair, so there will be no other.
Examined examine(std::string_view answer, const Situation& situation, bool second = false);

/// A caption that is already there, by the rules of a preset: nothing is changed, nothing is asked.
std::vector<Verdict> inspect(std::string_view caption, const Situation& situation);

/// What to tell the model: the faults, and the caption that has them.
std::string repair_prompt(const Examined& examined, const Situation& situation);

}  // namespace vignette::caption
