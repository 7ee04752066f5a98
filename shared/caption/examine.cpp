#include "shared/caption/examine.hpp"

#include "shared/base/utf8.hpp"
#include "shared/caption/phrases.hpp"

namespace vignette::caption {
namespace {

/// Applies one rule and says what became of it; `text` is replaced where the rule corrects it.
Verdict apply(Rule rule, std::string& text, const Situation& situation) {
  const Reaction reaction = situation.checks.of(rule);
  Verdict out{rule, Verdict::State::Kept, reaction, {}};
  const std::optional<Fault> fault = judge(rule, text, situation);
  if (!fault) {
    out.sentence = praise(rule, text);
    return out;
  }
  if (reaction == Reaction::Fix && fault->fixed) {
    text = *fault->fixed;
    out.state = fault->sentence.empty() ? Verdict::State::Kept : Verdict::State::Fixed;
    out.sentence = fault->sentence.empty() ? praise(rule, text) : fault->sentence + " Corrected.";
    return out;
  }
  out.state = fault->sentence.empty() ? Verdict::State::Kept : Verdict::State::Broken;
  out.sentence = fault->sentence.empty() ? praise(rule, text) : fault->sentence;
  return out;
}

/// What a broken rule means for the whole. A fix that was not possible is a matter for the model.
Outcome outcome_of(const Verdict& verdict, bool second) {
  if (verdict.state != Verdict::State::Broken || verdict.reaction == Reaction::Mark) return Outcome::Accepted;
  if (verdict.reaction == Reaction::Fail || second) return Outcome::Failed;
  return Outcome::Repair;
}

Outcome worse(Outcome a, Outcome b) { return static_cast<int>(a) > static_cast<int>(b) ? a : b; }

}  // namespace

std::string Examined::reason() const {
  // A mark on an accepted caption is no reason for a failure further down.
  for (const Verdict& verdict : verdicts) {
    const bool decides = outcome == Outcome::Accepted || verdict.reaction != Reaction::Mark;
    if (verdict.state == Verdict::State::Broken && decides) return verdict.sentence;
  }
  return {};
}

Examined examine(std::string_view answer, const Situation& situation, bool second) {
  Examined out;
  out.caption = to_utf8(answer);
  for (std::size_t i = 0; i < kRules; ++i) {
    const Rule rule = static_cast<Rule>(i);
    if (!applies(rule, situation)) continue;
    out.verdicts.push_back(apply(rule, out.caption, situation));
    const Verdict& verdict = out.verdicts.back();
    out.outcome = worse(out.outcome, outcome_of(verdict, second));
    if (verdict.state != Verdict::State::Broken) continue;
    if (rule == Rule::Refusal) out.refused = true;
    // There is no caption that the rules behind these could be about.
    const bool nothing_left = rule == Rule::Thinking || rule == Rule::Refusal || trim(out.caption).empty();
    if (nothing_left) break;
  }
  out.caption = std::string(trim(out.caption));
  return out;
}

std::vector<Verdict> inspect(std::string_view caption, const Situation& situation) {
  std::vector<Verdict> out;
  for (std::size_t i = 0; i < kRules; ++i) {
    const Rule rule = static_cast<Rule>(i);
    if (!applies(rule, situation)) continue;
    const std::optional<Fault> fault = judge(rule, caption, situation);
    const bool broken = fault && !fault->sentence.empty();
    out.push_back({rule, broken ? Verdict::State::Broken : Verdict::State::Kept, situation.checks.of(rule),
                   broken ? fault->sentence : praise(rule, caption)});
  }
  return out;
}

std::string repair_prompt(const Examined& examined, const Situation& situation) {
  std::string out;
  if (examined.caption.empty() || examined.refused) {
    out = "Your previous answer held no caption.";
  } else {
    // An endless answer is not quoted endlessly.
    constexpr std::size_t kQuotedWords = 150;
    out = "Your previous caption was:\n\"" + first_words(examined.caption, kQuotedWords) + "\"";
  }
  out += "\n\nWhat is wrong with it:";
  for (const Verdict& verdict : examined.verdicts) {
    if (verdict.state == Verdict::State::Broken && verdict.reaction != Reaction::Mark)
      out += "\n- " + verdict.sentence;
  }
  out += "\n\nWrite the caption again without these faults and keep what was right.";
  if (!situation.context.empty() && situation.checks.of(Rule::Start) != Reaction::Off)
    out += " Its first words are exactly: " + situation.context;
  out += "\nAnswer with the caption only.";
  return out;
}

}  // namespace vignette::caption
