#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/caption/checks.hpp"

namespace vignette::caption {

/// What the rules are held against.
struct Situation {
  Checks checks;
  std::string context;  ///< empty: Start is no rule
  Shape shape = Shape::Prose;
  bool cut_off = false;  ///< the provider says that the answer ran out of room
};

struct Fault {
  std::string sentence;              ///< "It has 63 words; at most 50 are allowed."
  std::optional<std::string> fixed;  ///< the text without the fault, where we can
};

/// Whether the rule says anything at all here: a limit is set, there is a context …
bool applies(Rule rule, const Situation& situation);
/// What is wrong with `text` by this rule; nothing: it keeps it.
std::optional<Fault> judge(Rule rule, std::string_view text, const Situation& situation);
/// What to say where it keeps it: "It begins with the context."
std::string praise(Rule rule, std::string_view text);

}  // namespace vignette::caption
