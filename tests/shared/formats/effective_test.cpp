#include "shared/formats/effective.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace vignette;

namespace {

using Texts = std::vector<std::string>;

bool notes(const EffectiveCaption& caption, std::string_view words) {
  return std::any_of(caption.notes.begin(), caption.notes.end(),
                     [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

Texts replicate(std::string_view text, std::string_view trigger = "TOK") {
  return effective_caption(Trainer::Replicate, text, trigger).texts;
}

}  // namespace

TEST_CASE("Replicate joins lines and adds the trigger that is not there") {
  CHECK(replicate("a red vase\non a table,, studio") == Texts{"TOK a red vase, on a table, studio"});
  CHECK(replicate("a photo of TOK, studio") == Texts{"a photo of TOK, studio"});
  CHECK(replicate("a photo of [trigger] and [name]") == Texts{"a photo of TOK and TOK"});
  CHECK(replicate("") == Texts{"TOK "});
  CHECK(replicate("tok in lower case") == Texts{"TOK tok in lower case"});
  CHECK(replicate("a [trigger] vase", "") == Texts{"a [trigger] vase"});
}

TEST_CASE("a trigger inside another word counts as present, and that is told") {
  const EffectiveCaption tokyo = effective_caption(Trainer::Replicate, "a street in TOKYO", "TOK");
  CHECK(tokyo.texts == Texts{"a street in TOKYO"});
  CHECK(notes(tokyo, "inside another word"));
  CHECK_FALSE(notes(effective_caption(Trainer::Replicate, "a TOK vase", "TOK"), "inside another word"));
}

TEST_CASE("ai-toolkit splits at every comma and deletes an unused placeholder") {
  CHECK(effective_caption(Trainer::AiToolkit, "about 1,000 people", "").texts ==
        Texts{"about 1, 000 people"});
  CHECK(effective_caption(Trainer::AiToolkit, "a [trigger]vase", "").texts == Texts{"a vase"});
  CHECK(effective_caption(Trainer::AiToolkit, "a vase", "p3r5on").texts == Texts{"p3r5on a vase"});
}

TEST_CASE("each other trainer reads its own part of the file") {
  const std::string_view two = "first line \nsecond line\n";
  CHECK(effective_caption(Trainer::Kohya, two).texts == Texts{"first line"});
  CHECK(notes(effective_caption(Trainer::Kohya, two), "first line"));
  CHECK(effective_caption(Trainer::OneTrainer, two).texts == Texts{"first line", "second line"});
  CHECK(effective_caption(Trainer::Musubi, two).texts == Texts{"first line \nsecond line"});
  CHECK(effective_caption(Trainer::DiffusionPipe, " x ").texts == Texts{"x"});
  CHECK(effective_caption(Trainer::Finetrainers, "TOK x", "TOK").texts == Texts{"TOK TOK x"});
  CHECK(effective_caption(Trainer::Kohya, "\nsecond").texts == Texts{""});
  CHECK(notes(effective_caption(Trainer::Kohya, "a [trigger] vase"), "does not know [trigger]"));
}

TEST_CASE("a missing file and one of no bytes are different things") {
  CHECK(effective_caption(Trainer::Musubi, std::nullopt).texts.empty());
  CHECK(notes(effective_caption(Trainer::DiffusionPipe, std::nullopt), "left out"));
  CHECK(effective_caption(Trainer::OneTrainer, std::nullopt).texts == Texts{""});
  CHECK(notes(effective_caption(Trainer::Replicate, std::nullopt, "TOK"), "its own model"));
  CHECK(effective_caption(Trainer::Kohya, "").texts.empty());
  CHECK(effective_caption(Trainer::Kohya, "\n").texts == Texts{""});
}

TEST_CASE("a text too long for CLIP is marked where reading stops") {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "cat ";
  const EffectiveCaption cats = effective_caption(Trainer::Kohya, words);
  REQUIRE(cats.read_until.has_value());
  CHECK(*cats.read_until == 75 * 4 - 1);
  CHECK_FALSE(effective_caption(Trainer::Kohya, "a photo of a cat").read_until.has_value());
  CHECK(notes(effective_caption(Trainer::Kohya,
                                "\xEF\xBB\xBF"
                                "a cat"),
              "byte-order mark"));
}

TEST_CASE("the estimate of CLIP's tokens is near the published counts") {
  CHECK(about_clip_tokens("a photo of a cat") == 5);
  CHECK(about_clip_tokens("Hello, World! 123") == 7);
  CHECK(about_clip_tokens("") == 0);
  CHECK(about_clip_tokens("TOK") == 1);
  CHECK(about_clip_tokens("café") == 1);
  const std::size_t tags = about_clip_tokens("1girl, solo, long_hair, (masterpiece:1.2)");
  CHECK(tags >= 15);
  CHECK(tags <= 17);
}
