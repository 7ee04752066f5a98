#include <doctest/doctest.h>
#include <random>

#include "shared/base/utf8.hpp"
#include "shared/caption/description.hpp"
#include "shared/caption/examine.hpp"
#include "shared/caption/preset.hpp"
#include "shared/caption/preset_json.hpp"
#include "shared/caption/sentences.hpp"
#include "shared/caption/variables.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

/// Pieces that mean something to one of the readers, in any order, cut anywhere.
std::string nonsense(std::mt19937& random) {
  static const char* const kPieces[] = {"Red vase",
                                        " ",
                                        "\n",
                                        "\n\n",
                                        ". ",
                                        "! ",
                                        "\"",
                                        "“",
                                        "”",
                                        "```",
                                        "```json\n",
                                        "<think>",
                                        "</think>",
                                        "a photo of ",
                                        "An image of",
                                        "Caption:",
                                        "Here is the caption:\n",
                                        "I'm sorry, ",
                                        "**",
                                        "- ",
                                        "1. ",
                                        ", ",
                                        ";",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        "{context}",
                                        "\\{",
                                        "St. Peter",
                                        "3.5",
                                        "。",
                                        "é",
                                        "\xFF",
                                        "\xE2\x80",
                                        "\0x",
                                        "with",
                                        "light",
                                        "word word word word ",
                                        "max_tokens=5",
                                        "=",
                                        ":",
                                        "\"objects\":",
                                        "’",
                                        "…"};
  std::string out;
  for (unsigned i = random() % 25; i > 0; --i) out += kPieces[random() % std::size(kPieces)];
  if (!out.empty() && random() % 4 == 0) out.resize(random() % out.size());
  return out;
}

}  // namespace

TEST_CASE("no answer, however strange, breaks a rule and is stored all the same") {
  std::mt19937 random(3);
  for (int round = 0; round < 4'000; ++round) {
    const Preset& preset = built_in_presets()[random() % built_in_presets().size()];
    const Situation situation{preset.checks, random() % 2 == 0 ? "Red vase" : "", preset.shape,
                              random() % 3 == 0};
    const std::string answer = nonsense(random);
    CAPTURE(answer);
    CAPTURE(preset.id);
    const Examined out = examine(answer, situation, random() % 2 == 0);
    CHECK(is_utf8(out.caption));
    CHECK((out.outcome == Outcome::Accepted) == out.reason().empty());
    CHECK(is_utf8(repair_prompt(out, situation)));
    if (out.outcome != Outcome::Accepted || preset.shape == Shape::Description) continue;
    CAPTURE(out.caption);
    CHECK_FALSE(out.caption.empty());
    for (const Verdict& verdict : inspect(out.caption, situation)) {
      // What is wrapped twice may still look wrapped; a limit that is kept must be kept for good.
      const bool limit = verdict.rule == Rule::Start || verdict.rule == Rule::MaxWords ||
                         verdict.rule == Rule::Sentences || verdict.rule == Rule::MinWords ||
                         verdict.rule == Rule::Ending;
      CAPTURE(verdict.sentence);
      if (limit) CHECK(verdict.state == Verdict::State::Kept);
    }
  }
}

TEST_CASE("no text, however strange, is more than an error to the readers") {
  std::mt19937 random(5);
  for (int round = 0; round < 4'000; ++round) {
    const std::string text = nonsense(random);
    CAPTURE(text);
    std::size_t last = 0;
    for (const std::size_t end : sentence_ends(text)) {
      CHECK(end > last);
      CHECK(end <= text.size());
      last = end;
    }
    if (const auto parsed = Template::parse(text)) CHECK(parsed->fill({}).size() <= text.size());
    if (const auto parsed = parse_parameters(text))
      CHECK(write_parameters(*parse_parameters(write_parameters(*parsed))) == write_parameters(*parsed));
    CHECK(is_utf8(editable_text(read_description(text))));
    for (const std::string& line : card_lines(read_description(text))) CHECK(is_utf8(line));
    CHECK_FALSE(read_presets(text).has_value());
  }
}

TEST_CASE("a flood of white space or marks is read in one pass") {
  for (const char* piece : {"\n", ".", "a.", "\"", "* ", "```", "photo of ", "<think>"}) {
    std::string flood;
    while (flood.size() < 200'000) flood += piece;
    CHECK(sentence_ends(flood).size() < flood.size());
    CHECK(
        examine(flood, {built_in_preset("scene.long")->checks, "Salt marsh", Shape::Prose, false}).outcome !=
        Outcome::Accepted);
  }
}
