#include "shared/json/salvage.hpp"

#include <doctest/doctest.h>

using namespace vignette;

namespace {
std::string salvaged(std::string_view answer) {
  const Result<Json> tree = salvage_json(answer);
  return tree ? write_json(*tree) : "nothing";
}
}  // namespace

TEST_CASE("JSON is found in a code fence and between words") {
  const std::string expected = R"({"is_series":true})";
  CHECK(salvaged("```json\n{\"is_series\":true}\n```") == expected);
  CHECK(salvaged("```\n{\"is_series\":true}\n```\nDone.") == expected);
  CHECK(salvaged("Here it is:\n```JSON\n{\"is_series\":true}\n```") == expected);
  CHECK(salvaged("```json {\"is_series\":true} ```") == expected);
  CHECK(salvaged("```json\n{\"is_series\":true}") == expected);
  CHECK(salvaged("Sure! {\"is_series\":true} Hope it helps") == expected);
  CHECK(salvaged("{\"is_series\":true}") == expected);
}

TEST_CASE("an array is taken whole, and a bracket in the prose does not hide an object") {
  CHECK(salvaged("Objects: [{\"a\":1},{\"a\":2}].") == R"([{"a":1},{"a":2}])");
  CHECK(salvaged("As asked [see above]: {\"a\":1}") == R"({"a":1})");
  CHECK(salvaged("{\"a\":1} and {\"a\":2}") == R"({"a":1})");
}

TEST_CASE("a comma too many is forgiven, one inside a string is kept") {
  CHECK(salvaged("{\"a\":[1,2,],}") == R"({"a":[1,2]})");
  CHECK(salvaged("{\"a\":\"x,]\", }") == R"({"a":"x,]"})");
  CHECK(salvaged("{\"a\":\"say \\\"hi,}\\\"\" , }") == R"({"a":"say \"hi,}\""})");
}

TEST_CASE("a code fence inside a caption is part of the caption") {
  CHECK(salvaged("{\"a\":\"```\"}") == "{\"a\":\"```\"}");
}

TEST_CASE("what was cut off or never was JSON is not made up") {
  CHECK(salvaged("{\"a\":\"tru") == "nothing");
  CHECK(salvaged("[{\"a\":1},{\"a\"") == R"({"a":1})");  // the first whole object is still an honest answer
  CHECK(salvaged("A cat.") == "nothing");
  CHECK(salvaged("\"A cat.\"") == "nothing");
  CHECK(salvaged("42") == "nothing");
  CHECK(salvaged("") == "nothing");
  CHECK(salvaged("```") == "nothing");
  CHECK(salvaged("]}{[") == "nothing");
}
