#include "shared/caption/from_seen.hpp"

#include <doctest/doctest.h>

#include "shared/caption/description.hpp"
#include "shared/caption/examine.hpp"
#include "shared/caption/nouns.hpp"
#include "shared/caption/preset.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

/// Nothing but colours.
Seen wall() {
  Seen seen;
  seen.width = 800;
  seen.height = 600;
  seen.colours = {{"grey", 0.7}, {"dark blue", 0.2}, {"white", 0.05}};
  seen.light = 0.5;
  seen.contrast = 0.05;
  return seen;
}
Seen with_label(const char* name, double sure) {
  Seen seen = wall();
  seen.labels = {{name, sure}, {"Egyptian cat", 0.11}, {"lynx", 0.02}};
  return seen;
}
Seen::Object object(const char* name, double sure, double left, double width) {
  return {name, sure, left, 0.2, width, 0.5};
}
Situation free_prose() { return {basic_checks(), "", Shape::Prose, false}; }
Situation of_preset(const char* id, const std::string& context = "Old town") {
  const Preset* preset = built_in_preset(id);
  REQUIRE(preset != nullptr);
  return {preset->checks, context, preset->shape, false};
}
std::string begins(const std::string& text, std::size_t size) { return text.substr(0, size); }

}  // namespace

TEST_CASE(
    "a sentence begins with the context, then says what is there, its colours, its light and its format") {
  CHECK(caption_from(with_label("tabby", 0.62), of_preset("scene.long")) ==
        "Old town showing a tabby, in grey and dark blue, of medium brightness with soft contrast, evenly "
        "lit from "
        "side to side, in a wide frame");
}

TEST_CASE("without a context it begins with what is there, with a capital") {
  CHECK(begins(caption_from(with_label("tabby", 0.62), free_prose()), 8) == "A tabby,");
  CHECK(begins(caption_from(wall(), free_prose()), 28) == "Shades of grey and dark blue");
}

TEST_CASE("a label that is not sure is said to be a guess, and a weak one is left out") {
  CHECK(begins(caption_from(with_label("tabby", 0.3), free_prose()), 24) == "What looks like a tabby,");
  CHECK(begins(caption_from(with_label("tabby", 0.15), free_prose()), 9) == "Shades of");
  CHECK(begins(caption_from(with_label("tabby", 0.15), of_preset("scene.long")), 28) ==
        "Old town in grey and dark bl");
}

TEST_CASE("objects are counted, the largest kind first") {
  Seen seen = wall();
  seen.objects = {object("cup", 0.9, 0.7, 0.1), object("cup", 0.8, 0.8, 0.1), object("couch", 0.7, 0, 0.6),
                  object("dog", 0.49, 0, 1)};
  CHECK(begins(caption_from(seen, free_prose()), 22) == "A couch and two cups, ");
}

TEST_CASE("a single thing has a place") {
  for (const auto& [left, width, place] :
       {std::tuple(0.0, 0.3, "on the left"), std::tuple(0.4, 0.2, "in the middle"),
        std::tuple(0.7, 0.3, "on the right")}) {
    Seen seen = wall();
    seen.objects = {object("vase", 0.9, left, width)};
    CHECK(begins(caption_from(seen, free_prose()), 8 + std::string(place).size()) ==
          std::string("A vase, ") + place);
  }
  Seen close = wall();
  close.objects = {{"vase", 0.9, 0.1, 0, 0.8, 0.9}};
  CHECK(begins(caption_from(close, free_prose()), 25) == "A vase, filling the frame");
}

TEST_CASE(
    "a label of the same kind refines an object; another thing stands beside it; nothing is said twice") {
  Seen seen = with_label("tabby", 0.62);
  seen.labels[0].kind = "cat";
  seen.objects = {object("cat", 0.94, 0, 0.5)};
  CHECK(begins(caption_from(seen, free_prose()), 25) == "A cat, probably a tabby, ");
  seen.labels[0].sure = 0.3;
  CHECK(begins(caption_from(seen, free_prose()), 24) == "A cat, perhaps a tabby, ");
  seen.objects.push_back(object("couch", 0.7, 0.5, 0.2));
  CHECK(begins(caption_from(seen, free_prose()), 36) == "A cat, perhaps a tabby, with a couch");
  seen.objects = {object("dog", 0.9, 0, 0.5)};
  CHECK(begins(caption_from(seen, free_prose()), 19) == "A dog, on the left,");  // not "probably a tabby"
  seen.objects = {object("person", 0.9, 0, 0.5)};
  seen.labels[0] = {"crash helmet", 0.62, ""};
  CHECK(begins(caption_from(seen, free_prose()), 41) == "A person and what looks like a crash helm");
  seen.objects = {object("umbrella", 0.9, 0, 0.5)};
  seen.labels[0].name = "umbrella";
  CHECK(begins(caption_from(seen, free_prose()), 24) == "An umbrella, on the left");
}

TEST_CASE("brightness, contrast, the brighter side and the format are told as they were measured") {
  Seen seen = wall();
  const auto says = [&](const char* words) {
    CAPTURE(words);
    CHECK(caption_from(seen, free_prose()).find(words) != std::string::npos);
  };
  says("evenly lit from side to side");
  seen.light = 0.2;
  seen.contrast = 0.3;
  seen.brighter = "left";
  says("dark with strong contrast, brighter on the left, in a wide frame");
  seen.light = 0.9;
  seen.contrast = 0.15;
  seen.brighter = "top";
  seen.width = 400;
  says("bright with moderate contrast, brighter at the top, in an upright frame");
  seen.width = 600;
  says("in a square frame");
}

TEST_CASE("what is fully transparent still has a caption") {
  CHECK(begins(caption_from({}, free_prose()), 20) == "Shades of one colour");
  CHECK(begins(caption_from({}, of_preset("object.short")), 23) == "Old town in one colour,");
}

TEST_CASE("remarks stop where a rule would break; a banned word takes only its remark with it") {
  Situation strict = of_preset("scene.short");
  strict.checks.max_words = 9;
  const std::string text = caption_from(with_label("tabby", 0.62), strict);
  CHECK(text == "Old town showing a tabby, in a wide frame");
  strict.checks.max_words = 4;
  CHECK(caption_from(with_label("tabby", 0.62), strict) == "Old town in grey and dark blue");
  Situation banned = free_prose();
  banned.checks.of(Rule::BannedPhrase) = Reaction::Fix;
  banned.checks.banned_phrases = {"contrast"};
  const std::string without = caption_from(wall(), banned);
  CHECK(without == "Shades of grey and dark blue, evenly lit from side to side, in a wide frame");
}

TEST_CASE(
    "tags: things, labels, colours, light and format, each once; the context only where a rule wants it") {
  Seen seen = with_label("tabby", 0.62);
  seen.objects = {object("cat", 0.94, 0, 0.5), object("cup", 0.9, 0.7, 0.1), object("cup", 0.8, 0.8, 0.1)};
  seen.colours.push_back({"tabby", 0.2});
  CHECK(caption_from(seen, of_preset("tags")) ==
        "cat, two cups, tabby, Egyptian cat, grey, dark blue, medium brightness, soft contrast, wide format");
  Situation lead = of_preset("tags");
  lead.checks.of(Rule::Start) = Reaction::Repair;
  CHECK(begins(caption_from(seen, lead), 13) == "Old town, cat");
}

TEST_CASE("a description has objects with their places, and says what is uncertain") {
  Seen seen = with_label("tabby", 0.62);
  seen.objects = {object("cat", 0.94, 0, 0.5), object("dog", 0.3, 0.5, 0.5)};
  seen.labels[0].kind = "cat";
  const Description read = read_description(caption_from(seen, of_preset("description")));
  REQUIRE(read.readable);
  CHECK(begins(read.summary, 24) == "A cat, probably a tabby,");
  REQUIRE(read.objects.size() == 1);
  CHECK(read.objects[0].label == "cat");
  CHECK(read.objects[0].facts[0].second == "on the left, 25 % from the left, 45 % from the top");
  CHECK(
      write_json(*member(read.whole, "uncertainties")) ==
      R"(["dog: 30 % sure","the whole looks like a tabby: 62 % sure","the whole looks like an Egyptian cat: 11 % sure"])");
}

TEST_CASE("every built-in preset accepts what is made for it, whatever was seen") {
  std::vector<Seen> all = {Seen{}, wall(), with_label("tabby", 0.9), with_label("three-toed sloth", 0.25)};
  Seen crowd = with_label("American Staffordshire terrier", 0.3);
  for (int i = 0; i < 30; ++i)
    crowd.objects.push_back(object(i % 3 == 0   ? "person"
                                   : i % 3 == 1 ? "traffic light"
                                                : "wine glass",
                                   0.9, i * 0.03, 0.1));
  crowd.brighter = "bottom";
  all.push_back(crowd);
  for (const Preset& preset : built_in_presets()) {
    for (const char* context :
         {"Old town", "A context of exactly fifty characters, as it may be", "St. Peter's Sq."}) {
      for (const Seen& seen : all) {
        const Situation situation{preset.checks, uses_context(preset) ? context : "", preset.shape, false};
        const std::string text = caption_from(seen, situation);
        const Examined examined = examine(text, situation);
        CAPTURE(preset.id);
        CAPTURE(text);
        CHECK(examined.outcome == Outcome::Accepted);
        CHECK(examined.reason() == "");
        CHECK(examined.caption == text);  // nothing had to be corrected
      }
    }
  }
}

TEST_CASE("what was seen crosses as JSON and comes back whole; nonsense comes back empty") {
  Seen seen = with_label("tabby", 0.5);
  seen.objects = {object("cat", 0.75, 0.25, 0.5)};
  seen.brighter = "left";
  const Seen back = seen_from(json_of(seen));
  CHECK(caption_from(back, free_prose()) == caption_from(seen, free_prose()));
  CHECK(write_json(json_of(back)) == write_json(json_of(seen)));
  for (const char* nonsense :
       {"null", "[]", "{\"labels\": 3, \"objects\": [{\"box\": [\"a\"]}], \"colours\": [1]}"}) {
    const Seen read = seen_from(*parse_json(nonsense));
    CHECK(read.labels.empty());
    CHECK_FALSE(caption_from(read, free_prose()).empty());
  }
}

TEST_CASE("the evidence names what was seen and how sure that is") {
  Seen seen = with_label("tabby", 0.62);
  seen.objects = {object("cat", 0.94, 0, 0.5)};
  CHECK(evidence_of(seen) == "tabby 62 %, Egyptian cat 11 %; cat 94 %; grey, dark blue, white");
  CHECK(evidence_of(wall()) == "grey, dark blue, white");
  CHECK(evidence_of({}) == "");
}

TEST_CASE("nouns have the article and the plural of English") {
  const std::pair<const char*, const char*> kArticles[] = {{"cup", "a cup"},
                                                           {"eel", "an eel"},
                                                           {"hourglass", "an hourglass"},
                                                           {"unicycle", "a unicycle"},
                                                           {"jeans", "jeans"},
                                                           {"bus", "a bus"},
                                                           {"corn", "corn"},
                                                           {"Egyptian cat", "an Egyptian cat"},
                                                           {"dress", "a dress"},
                                                           {"sunglasses", "sunglasses"},
                                                           {"", ""}};
  for (const auto& [noun, article] : kArticles) CHECK(with_article(noun) == article);
  const std::pair<const char*, const char*> kPlurals[] = {
      {"dog", "two dogs"},    {"person", "two people"}, {"bus", "two buses"},     {"bench", "two benches"},
      {"sheep", "two sheep"}, {"knife", "two knives"},  {"teddy", "two teddies"}, {"toy", "two toys"}};
  for (const auto& [noun, plural] : kPlurals) CHECK(counted_noun(noun, 2) == plural);
  CHECK(counted_noun("kite", 12) == "12 kites");
  CHECK(counted_noun("orange", 1) == "an orange");
  CHECK(listed({}) == "");
  CHECK(listed({"a", "b", "c"}) == "a, b and c");
  CHECK(capitalised("élan") == "élan");
}
