#include <doctest/doctest.h>
#include <set>

#include "shared/base/utf8.hpp"
#include "shared/caption/examine.hpp"
#include "shared/caption/preset_json.hpp"
#include "shared/caption/variables.hpp"

using namespace vignette;
using namespace vignette::caption;

TEST_CASE("there are eight categories, long and short, and three presets besides") {
  std::vector<std::string> ids;
  for (const Category& category : categories()) ids.push_back(category.id);
  CHECK(ids == std::vector<std::string>{"interior", "person", "people", "object", "vehicle", "exterior",
                                        "scene", "abstract"});
  CHECK(built_in_presets().size() == 19);
  std::set<std::string> seen;
  for (const Preset& preset : built_in_presets()) {
    CAPTURE(preset.id);
    CHECK(seen.insert(preset.id).second);
    CHECK(preset.built_in);
    CHECK_FALSE(preset.name.empty());
    CHECK(check_ready(preset, "Red vase").has_value());
    CHECK(preset.parameters.chat.max_tokens.has_value());
    CHECK(preset.prompt.find('%') == std::string::npos);  // no mark of the frame is left
  }
  CHECK(built_in_preset("interior.long")->checks.max_words == 50);
  CHECK(built_in_preset("interior.short")->checks.max_words == 25);
  CHECK(built_in_preset("description")->shape == Shape::Description);
  CHECK(built_in_preset("nothing") == nullptr);
}

TEST_CASE("every category's prompt holds its five points in order and an example that obeys its own rules") {
  const Json source = *parse_json(built_in_presets_json());
  for (const Json& category : items_at(source, "categories")) {
    REQUIRE(items_at(category, "points").size() == 5);
    for (const char* length : {"long", "short"}) {
      const Preset& preset = *built_in_preset(text_at(category, "id") + "." + length);
      CAPTURE(preset.id);
      std::size_t at = 0;
      for (const Json& point : items_at(category, "points")) {
        const std::size_t found = preset.prompt.find(point.get<std::string>(), at);
        REQUIRE(found != std::string::npos);
        at = found;
      }
      CHECK(preset.prompt.find("exactly: {context}\n") != std::string::npos);
      const std::string example = text_at(category, length);
      const Examined judged =
          examine(example, {preset.checks, text_at(category, "subject"), Shape::Prose, false});
      CHECK(judged.outcome == Outcome::Accepted);
      CHECK(judged.caption == example);
      const std::size_t words = count_words(example);
      CHECK(words >= (preset.length == "long" ? 40 : 15));
      CHECK(words <= (preset.length == "long" ? 50 : 25));
    }
  }
}

TEST_CASE("a picture's own category decides, at the length that was chosen") {
  const Preset& chosen = *built_in_preset("interior.short");
  CHECK(preset_for(chosen, "vehicle").id == "vehicle.short");
  CHECK(preset_for(chosen, "").id == "interior.short");
  CHECK(preset_for(chosen, "unheard-of").id == "interior.short");
  CHECK(preset_for(*built_in_preset("tags"), "vehicle").id == "tags");
}

TEST_CASE("the context is asked for only where the preset uses it, and is at most 50 characters long") {
  const Preset& interior = *built_in_preset("interior.long");
  const auto problem = [](const Preset& preset, std::string_view context) {
    const Result<Done> ready = check_ready(preset, context);
    return ready ? std::string() : ready.error().message;
  };
  CHECK(problem(interior, "  ").find("what the pictures are about") != std::string::npos);
  CHECK(problem(interior, "Ümlaut (C++) [x]").empty());
  CHECK(problem(interior, std::string(50, 'x')).empty());
  CHECK(problem(interior, std::string(51, 'x')) == "The context has 51 characters; at most 50 are allowed.");
  CHECK_FALSE(problem(interior, "two\nlines").empty());
  CHECK(problem(*built_in_preset("tags"), "").empty());
  Preset broken = *built_in_preset("tags");
  broken.prompt = "Look.\nSay {colour}.";
  CHECK(problem(broken, "").find("{colour}, at line 2, character 5") != std::string::npos);
}

TEST_CASE("presets are written and read back as they were") {
  std::vector<Preset> mine;
  for (const char* id : {"person.long", "tags", "description", "video"}) mine.push_back(*built_in_preset(id));
  mine[0].checks.of(Rule::Wrapping) = Reaction::Off;
  mine[0].checks.of(Rule::BannedPhrase) = Reaction::Mark;
  mine[0].checks.banned_phrases = {"„schön“", "a \"b\""};
  mine[0].parameters = *parse_parameters("max_tokens=12, stop=\"a, b\", effort=off, stream=true");
  const std::string file = write_presets(mine);
  const Result<std::vector<Preset>> read = read_presets(file);
  REQUIRE(read.has_value());
  REQUIRE(read->size() == mine.size());
  for (std::size_t i = 0; i < mine.size(); ++i) {
    CAPTURE(i);
    const Preset& back = (*read)[i];
    CHECK(back.name == mine[i].name);
    CHECK(back.shape == mine[i].shape);
    CHECK(back.system == mine[i].system);
    CHECK(back.prompt == mine[i].prompt);
    CHECK(back.checks.reactions == mine[i].checks.reactions);
    CHECK((back.checks == mine[i].checks));
    CHECK(write_parameters(back.parameters) == write_parameters(mine[i].parameters));
    CHECK_FALSE(back.built_in);
  }
  CHECK(write_presets(*read) == file);
}

TEST_CASE("a file of presets that is wrong says where") {
  const auto problem = [](const std::string& preset) {
    const auto read = read_presets(R"({"vignette_presets":1,"presets":[)" + preset + "]}");
    return read ? "fine" : read.error().message;
  };
  CHECK(problem(R"({"name":"A","prompt":"x"})") == "fine");
  CHECK(problem(R"({"name":"A","prompt":["x","y {context}"]})") == "fine");
  CHECK(problem(R"({"name":"A"})") == "“A”: prompt must not be empty.");
  CHECK(problem(R"({"name":"A","prompt":7})") == "“A”: prompt must be a text or a list of lines.");
  CHECK(problem(R"({"prompt":"x"})").starts_with("Preset 1: "));
  CHECK(problem(R"({"name":"A","prompt":"x"},7)").starts_with("Preset 2: "));
  CHECK(problem(R"({"name":"A","prompt":"x","pormpt":"y"})") ==
        "“A”: There is nothing called “pormpt” in a preset.");
  CHECK(problem(R"({"name":"A","prompt":"x {foo}"})") ==
        "“A”: prompt: There is no variable {foo}, at line 1, character 3.");
  CHECK(problem(R"({"name":"A","prompt":"x","shape":"poem"})") ==
        "“A”: shape must be prose, tags or description.");
  CHECK(problem(R"({"name":"A","prompt":"x","parameters":"temprature=1"})") ==
        "“A”: parameters: There is no parameter “temprature”. (character 1)");
  const auto check = [&](const std::string& checks) {
    return problem(R"({"name":"A","prompt":"x","checks":)" + checks + "}");
  };
  CHECK(check(R"({"max_words":{"react":"repair","limit":50}})") == "fine");
  CHECK(check(R"({"max_word":{"react":"repair","limit":50}})") == "“A”: checks.max_word is no rule.");
  CHECK(check(R"({"max_words":{"react":"repair"}})") == "“A”: checks.max_words needs a limit.");
  CHECK(check(R"({"max_words":{"react":"repair","limit":0}})") ==
        "“A”: checks.max_words must have a limit from 1 to 100000.");
  CHECK(check(R"({"max_words":{"react":"explode","limit":5}})") ==
        "“A”: checks.max_words has no known reaction.");
  CHECK(check(R"({"min_words":{"react":"fix","limit":5}})") ==
        "“A”: checks.min_words cannot react with fix.");
  CHECK(check(R"({"complete":{"react":"off"}})") == "“A”: checks.complete cannot react with off.");
  CHECK(check(R"({"ending":{"react":"fix","limit":5}})") == "“A”: checks.ending has no “limit”.");
  CHECK(check(R"({"banned_starts":{"react":"fix","list":[" "]}})") ==
        "“A”: checks.banned_starts must list texts that are not empty.");
  CHECK(check("7") == "“A”: checks must be an object.");

  for (const char* file :
       {"", "nonsense", "[]", "{}", R"({"vignette_presets":1})", R"({"vignette_presets":1,"presets":[]})",
        R"({"vignette_presets":2,"presets":[]})"}) {
    CAPTURE(file);
    CHECK_FALSE(read_presets(file).has_value());
  }
}
