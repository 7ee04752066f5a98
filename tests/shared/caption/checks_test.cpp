#include <algorithm>
#include <doctest/doctest.h>

#include "shared/caption/examine.hpp"
#include "shared/caption/preset.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

Situation interior(const std::string& context = "TU Delft studio") {
  return {built_in_preset("interior.long")->checks, context, Shape::Prose, false};
}

std::string fixed(std::string_view answer, const Situation& situation = interior()) {
  const Examined out = examine(answer, situation);
  CAPTURE(answer);
  CAPTURE(out.reason());
  CHECK(out.outcome == Outcome::Accepted);
  return out.caption;
}

const Verdict* verdict_of(const Examined& examined, Rule rule) {
  for (const Verdict& verdict : examined.verdicts) {
    if (verdict.rule == rule) return &verdict;
  }
  return nullptr;
}

Situation only(Rule rule, Reaction reaction) {
  Situation out;
  out.checks.of(rule) = reaction;
  return out;
}

std::string words(std::size_t n) {
  std::string out = "TU Delft studio";
  for (std::size_t i = 3; i < n; ++i) out += " w" + std::to_string(i);
  return out;
}

}  // namespace

TEST_CASE("answers that only need tidying become captions") {
  const std::string good = "TU Delft studio with high ceilings and skylights";
  for (const char* answer : {
           "TU Delft studio with high ceilings and skylights",
           "TU Delft studio with high ceilings and skylights.",
           "  TU Delft studio with high ceilings and skylights!!  \n",
           "\"TU Delft studio with high ceilings and skylights.\"",
           "“TU Delft studio with high ceilings and skylights.”",
           "**TU Delft studio with high ceilings and skylights**",
           "```\nTU Delft studio with high ceilings and skylights\n```",
           "```text\nTU Delft studio with high ceilings and skylights.\n```\nHope this helps!",
           "Caption: TU Delft studio with high ceilings and skylights",
           "Here is the caption:\n\nTU Delft studio with high ceilings and skylights.",
           "Sure! Here's a caption for your picture:\n\"TU Delft studio with high ceilings and skylights.\"",
           "TU Delft studio with high\nceilings   and\tskylights",
           "TU Delft studio with high ceilings and skylights. It looks calm.",
           "TU Delft studio with high ceilings and skylights\n\nNote: the picture is dark.",
           "a photo of TU Delft studio with high ceilings and skylights",
           "An image of TU Delft studio with high ceilings and skylights",
           "A photo: TU Delft studio with high ceilings and skylights;",
           "<think>It has skylights.</think>\n\nTU Delft studio with high ceilings and skylights.",
           "It has skylights.</think>TU Delft studio with high ceilings and skylights",
       }) {
    CHECK(fixed(answer) == good);
  }
}

TEST_CASE("the caption must begin with the context, to the letter") {
  const auto outcome = [](std::string_view answer, const std::string& context) {
    return examine(answer, interior(context)).outcome;
  };
  CHECK(outcome("tu delft studio with skylights", "TU Delft studio") == Outcome::Repair);
  CHECK(outcome("TU Delft studios with skylights", "TU Delft studio") == Outcome::Repair);
  CHECK(outcome("In the TU Delft studio", "TU Delft studio") == Outcome::Repair);
  CHECK(outcome("TU Delft studio, with skylights", "TU Delft studio") == Outcome::Accepted);
  CHECK(outcome("TU Delft studio", "TU Delft studio") == Outcome::Accepted);
  CHECK(outcome("anything at all", "") == Outcome::Accepted);
}

TEST_CASE("signs that a regular expression would read do no harm in a context") {
  for (const std::string& context :
       std::vector<std::string>{"C++ (old) [lab]*", "a.b|c^$", "\\d+{2}", "[trigger] vase", "What?!"}) {
    CAPTURE(context);
    CHECK(fixed(context + " with a red floor.", interior(context)) == context + " with a red floor");
    CHECK(examine("aXb with a red floor", interior(context)).outcome == Outcome::Repair);
  }
}

TEST_CASE("a context with marks in it is not taken for the first sentence") {
  CHECK(fixed("St. Peter Sq. with rain. It is wet.", interior("St. Peter Sq.")) == "St. Peter Sq. with rain");
  CHECK(fixed("Wow! House with a lawn.", interior("Wow! House")) == "Wow! House with a lawn");
  CHECK(fixed("Photo of Ada with a hat", interior("Photo of Ada")) == "Photo of Ada with a hat");
}

TEST_CASE("50 words pass, 51 are sent back") {
  CHECK(fixed(words(50)) == words(50));
  const Examined long_one = examine(words(51), interior());
  CHECK(long_one.outcome == Outcome::Repair);
  CHECK(long_one.reason() == "It has 51 words; at most 50 are allowed.");
  // The original counts before it keeps the first sentence, and so do we.
  CHECK(examine(words(30) + ". And so on" + words(30), interior()).outcome == Outcome::Repair);
}

TEST_CASE("the one repair names every fault and quotes the caption; wrong again is a failure") {
  const std::string bad = "A room" + words(60).substr(15);
  const Examined first = examine(bad, interior());
  REQUIRE(first.outcome == Outcome::Repair);
  const std::string prompt = repair_prompt(first, interior());
  CHECK(prompt.find("\"" + bad + "\"") != std::string::npos);
  CHECK(prompt.find("- It does not begin with “TU Delft studio”.") != std::string::npos);
  CHECK(prompt.find("- It has 59 words; at most 50 are allowed.") != std::string::npos);
  CHECK(prompt.find("exactly: TU Delft studio\n") != std::string::npos);

  const Examined second = examine(bad, interior(), true);
  CHECK(second.outcome == Outcome::Failed);
  CHECK(second.reason() == "It does not begin with “TU Delft studio”.");
  CHECK(examine("TU Delft studio with light", interior(), true).outcome == Outcome::Accepted);
}

TEST_CASE("refusals are no captions, in several languages") {
  for (const char* answer :
       {"I'm sorry, but I can't help with identifying people.", "I’m sorry, I cannot assist with that.",
        "As an AI, I am not able to", "Unfortunately, I cannot see the image.",
        "Es tut mir leid, aber ich kann das nicht.", "Je suis désolé, mais", "Lo siento, pero no puedo",
        "抱歉，我无法", "申し訳ありませんが", "\"I'm unable to describe this\""}) {
    CAPTURE(answer);
    const Examined out = examine(answer, interior());
    CHECK(out.outcome == Outcome::Failed);
    CHECK(out.refused);
    CHECK(out.reason() == "The model refused to describe this picture.");
  }
  CHECK_FALSE(examine("TU Delft studio with a sign that says I'm sorry", interior()).refused);
  CHECK_FALSE(examine("I can't sign with neon letters on a wall", interior("I can't sign")).refused);
  CHECK_FALSE(examine("A sorry sight of a lost glove", interior("")).refused);
}

TEST_CASE("a model that only thinks, says nothing or is cut off is asked again") {
  const Examined thought = examine("<think>never ended", interior());
  CHECK(thought.outcome == Outcome::Repair);
  CHECK(repair_prompt(thought, interior()).find("ran out of room") != std::string::npos);
  for (const char* nothing : {"", "  \n", "\"\"", "```\n```", "<think>a</think>"}) {
    CAPTURE(nothing);
    CHECK(examine(nothing, interior()).outcome == Outcome::Repair);
    CHECK(examine(nothing, interior(), true).outcome == Outcome::Failed);
  }
  Situation cut = interior();
  cut.cut_off = true;
  CHECK(examine("TU Delft studio with high ceil", cut).outcome == Outcome::Repair);
  CHECK(fixed("TU Delft studio with high ceilings. It al", cut) == "TU Delft studio with high ceilings");
  cut.shape = Shape::Tags;
  cut.checks.of(Rule::Complete) = Reaction::Fix;
  cut.context.clear();
  CHECK(fixed("cat, dog, umbre", cut) == "cat, dog");
}

TEST_CASE("the same four words four times are a loop, three times are not") {
  const std::string round = " and a red chair beside";
  std::string text = "TU Delft studio with a desk";
  for (int i = 0; i < 3; ++i) text += round;
  CHECK(examine(text, interior()).outcome == Outcome::Accepted);
  text += round;
  const Examined looped = examine(text, interior());
  CHECK(looped.outcome == Outcome::Repair);
  CHECK(looped.reason() == "It goes round in circles: “and a red chair” stands there 4 times.");
  Situation cutting = interior();
  cutting.checks.of(Rule::Loop) = Reaction::Fix;
  CHECK(fixed(text, cutting) == "TU Delft studio with a desk and a red chair beside");
}

TEST_CASE("each rule can be corrected here where that is possible") {
  Situation start = interior();
  start.checks.of(Rule::Start) = Reaction::Fix;
  CHECK(fixed("tu delft studio with light", start) == "TU Delft studio with light");
  CHECK(fixed("A room with light", start) == "TU Delft studio, A room with light");

  Situation most = only(Rule::MaxWords, Reaction::Fix);
  most.checks.max_words = 3;
  CHECK(fixed("one two three, four", most) == "one two three");
  Situation characters = only(Rule::MaxCharacters, Reaction::Fix);
  characters.checks.max_characters = 9;
  CHECK(fixed("größer als gedacht", characters) == "größer");
  CHECK(fixed("größer al", characters) == "größer al");
  Situation sentences = only(Rule::Sentences, Reaction::Fix);
  sentences.checks.max_sentences = 2;
  CHECK(fixed("One. Two. Three.", sentences) == "One. Two.");
  Situation banned = only(Rule::BannedPhrase, Reaction::Fix);
  banned.checks.banned_phrases = {"beautiful", "stock photo"};
  CHECK(fixed("A Beautiful cat, a stock photo.", banned) == "A cat, a.");
  CHECK(fixed("beautifully lit", banned) == "beautifully lit");
  Situation beginning = only(Rule::BannedStart, Reaction::Fix);
  beginning.checks.banned_starts = {"photo of", "a photo", "a photo of"};
  CHECK(fixed("A photo of photo of a cat", beginning) == "A cat");
  CHECK(fixed("A photograph of a cat", beginning) == "A photograph of a cat");
  CHECK(fixed("猫。！", only(Rule::Ending, Reaction::Fix)) == "猫");
}

TEST_CASE("a mark keeps the caption and says what is wrong with it") {
  Situation few = only(Rule::MinWords, Reaction::Mark);
  few.checks.min_words = 5;
  const Examined out = examine("A cat", few);
  CHECK(out.outcome == Outcome::Accepted);
  CHECK(out.caption == "A cat");
  REQUIRE(out.verdicts.size() == 1);
  CHECK(out.verdicts[0].state == Verdict::State::Broken);
  CHECK(out.reason() == "It has 2 words; at least 5 are wanted.");
}

TEST_CASE("there is a verdict for every rule that applies, in order, with a sentence") {
  const Examined out = examine("An image of TU Delft studio with light.", interior());
  CHECK(std::is_sorted(out.verdicts.begin(), out.verdicts.end(),
                       [](const Verdict& a, const Verdict& b) { return a.rule < b.rule; }));
  CHECK(verdict_of(out, Rule::MinWords) == nullptr);
  CHECK(verdict_of(out, Rule::BannedStart)->state == Verdict::State::Fixed);
  CHECK(verdict_of(out, Rule::BannedStart)->sentence == "It begins with “an image of”. Corrected.");
  CHECK(verdict_of(out, Rule::MaxWords)->sentence == "It has 5 words.");
  CHECK(verdict_of(out, Rule::Ending)->state == Verdict::State::Fixed);
  for (const Verdict& verdict : out.verdicts) CHECK(verdict.sentence.ends_with('.'));
  CHECK(out.reason().empty());
}

TEST_CASE("a caption that is there is judged without being changed") {
  const std::vector<Verdict> verdicts = inspect("a room. With light.", interior());
  const auto broken = [&](Rule rule) {
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& verdict) {
      return verdict.rule == rule && verdict.state == Verdict::State::Broken;
    });
  };
  CHECK(broken(Rule::Start));
  CHECK(broken(Rule::Sentences));
  CHECK(broken(Rule::Ending));
  CHECK_FALSE(broken(Rule::MaxWords));
}

TEST_CASE("an answer in lines, bullets or quotes becomes one list of tags") {
  Situation tags;
  tags.checks = built_in_preset("tags")->checks;
  tags.shape = Shape::Tags;
  for (const char* answer :
       {"cat, sofa, red cushion, window, daylight", "- cat\n- sofa\n- red cushion\n- window\n- daylight",
        "1. cat\n2. sofa\n3. red cushion\n4. window\n5. daylight.",
        "Tags: cat, sofa, \"red cushion\", Cat, window; daylight,",
        "Here are the tags:\n\ncat,sofa,red cushion,,window,daylight"}) {
    CHECK(fixed(answer, tags) == "cat, sofa, red cushion, window, daylight");
  }
  CHECK(examine("cat, dog", tags).outcome == Outcome::Repair);
}

TEST_CASE("bytes that are no text are repaired before anything else") {
  CHECK(fixed("TU Delft studio with \xFF light") == "TU Delft studio with \xEF\xBF\xBD light");
}
