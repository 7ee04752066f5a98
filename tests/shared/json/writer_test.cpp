#include "shared/json/writer.hpp"

#include <cmath>
#include <doctest/doctest.h>

#include "shared/json/read.hpp"

using namespace vignette;

TEST_CASE("JSON is written in the order of the calls, without what is not there") {
  JsonWriter json;
  json.open_object()
      .field("b", "x")
      .field("a", std::optional<double>{})
      .field("t", std::optional<double>{0.2});
  json.key("stop").open_array().text("\n\n").integer(-3).null().flag(true).close_array();
  json.key("o").open_object().close_object().field("n", std::nan("")).close_object();
  CHECK(json.take() == R"({"b":"x","t":0.2,"stop":["\n\n",-3,null,true],"o":{},"n":null})");
}

TEST_CASE("any bytes make a valid string that reads back the same") {
  JsonWriter json;
  const std::string odd = std::string("\"\\\x01\x1f\t\r\n") + '\0' + "é€";
  json.text(odd);
  CHECK(parse_json(json.take())->get<std::string>() == odd);
  json.text("\xff");
  CHECK(parse_json(json.take())->get<std::string>() == "\xEF\xBF\xBD");
}

TEST_CASE("what is written can be taken away in the middle of a string") {
  JsonWriter json;
  json.open_array().begin_text().add_text("data:");
  CHECK(json.take() == "[\"data:");
  json.add_plain(";x").end_text().integer(1).close_array();
  CHECK(json.take() == ";x\",1]");
}
