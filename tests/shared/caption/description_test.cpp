#include "shared/caption/description.hpp"

#include <doctest/doctest.h>

using namespace vignette;
using namespace vignette::caption;

namespace {

using Lines = std::vector<std::string>;
constexpr const char* kVase =
    R"({"scene_summary":"A vase on a desk.","objects":[{"label":"vase","color":"red","position":"left"}]})";

}  // namespace

TEST_CASE("a description is found in a fence, behind words, before words and with commas too many") {
  const std::vector<std::string> answers = {
      std::string(kVase),
      "```json\n" + std::string(kVase) + "\n```",
      "Here it is:\n" + std::string(kVase),
      std::string(kVase) + "\nI hope that helps {really}!",
      "```\n" + std::string(kVase) + "\n```\nDone.",
      std::string(
          R"({"scene_summary":"A vase on a desk.","objects":[{"label":"vase","color":"red","position":"left",},],})")};
  for (const std::string& answer : answers) {
    CAPTURE(answer);
    const Description read = read_description(answer);
    CHECK(read.readable);
    CHECK(read.summary == "A vase on a desk.");
    REQUIRE(read.objects.size() == 1);
    CHECK(read.objects[0].label == "vase");
    CHECK(card_lines(read) == Lines{"A vase on a desk.", "• vase — color: red; position: left"});
    CHECK(read.raw == answer);
  }
}

TEST_CASE("what cannot be read is kept as it came") {
  for (const char* answer : {"A vase on a desk.", "{\"scene_summary\": \"cut off", ""}) {
    const Description read = read_description(answer);
    CHECK_FALSE(read.readable);
    CHECK(read.raw == answer);
    CHECK(editable_text(read) == answer);
    CHECK(card_lines(read).size() == (read.raw.empty() ? 0 : 1));
  }
}

TEST_CASE("members may have any shape, and unknown ones are kept") {
  const Description read = read_description(
      R"({"summary":"S","objects":{"chair":{"colors":["red","blue"],"box":{"x":10,"y":0.5}},"lamp":"small"},)"
      R"("visible_text":["OPEN"],"uncertainties":[],"mood":null,"count":3})");
  CHECK(card_lines(read) == Lines{"S", "• chair — colors: red, blue; box: x 10, y 0.5",
                                  "• lamp — details: small", "visible_text: OPEN", "count: 3"});
  CHECK(read.whole.contains("mood"));
}

TEST_CASE("a bare list is a list of objects") {
  const Description read = read_description(R"([{"name":"cat","color":"black"},"dog",{"color":"green"},{}])");
  CHECK(card_lines(read) == Lines{"• cat — color: black", "• dog", "• something — color: green"});
}

TEST_CASE("what a person edits is the JSON itself, and reads back the same") {
  const Description read = read_description(kVase);
  const Description again = read_description(editable_text(read));
  CHECK(again.whole == read.whole);
  CHECK(editable_text(read).starts_with("{\n  \"scene_summary\""));
}

TEST_CASE("the schema that is asked for is JSON") { CHECK(parse_json(description_schema()).has_value()); }

TEST_CASE("nesting without end does not exhaust anything") {
  std::string deep = R"({"objects":[{"label":"x","a":)";
  for (int i = 0; i < 40; ++i) deep += "[";
  deep += "1";
  for (int i = 0; i < 40; ++i) deep += "]";
  deep += "}]}";
  const Description read = read_description(deep);
  CHECK(read.readable);
  CHECK(read.objects[0].label == "x");
}
