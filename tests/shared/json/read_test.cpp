#include "shared/json/read.hpp"

#include <doctest/doctest.h>

using namespace vignette;

TEST_CASE("a member that is missing, null or of another type reads as nothing") {
  const Json tree = *parse_json(R"({"name":"a","size":3,"none":null,"list":[{"x":1.5}],"whole":5.0})");
  CHECK(text_at(tree, "name") == "a");
  CHECK(text_at(tree, "size", "-") == "-");
  CHECK(text_at(tree, "gone").empty());
  CHECK(integer_at(tree, "size") == 3);
  CHECK(integer_at(tree, "whole") == 5);
  CHECK_FALSE(integer_at(tree, "none").has_value());
  CHECK(number_at(*member_at(tree, {"list", "0"}), "x") == 1.5);
  CHECK(member_at(tree, {"list", "1"}) == nullptr);
  CHECK(member_at(tree, {"list", "x"}) == nullptr);
  CHECK(member_at(tree, {"name", "0"}) == nullptr);
  CHECK(items_at(tree, "name").empty());
  CHECK(text_at(tree["list"], "x").empty());
}

TEST_CASE("members keep the order they were written in") {
  CHECK(write_json(*parse_json(R"({"z":1,"a":{"y":"é","b":[]}})")) == R"({"z":1,"a":{"y":"é","b":[]}})");
}

TEST_CASE("broken JSON is refused with the place of the mistake") {
  for (const char* text : {"", "{", "{\"a\":}", "[1,]", "nul", "{} x", "\"\xff\"", "1e999"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_json(text).has_value());
  }
  CHECK(parse_json("[1,x]").error().message.find("near byte 4") != std::string::npos);
}

TEST_CASE("JSON that would be costly to walk is refused before a tree is built") {
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']')).has_value());
  CHECK(parse_json(std::string(65, '[') + std::string(65, ']')).error().code == ErrorCode::TooLarge);
  CHECK(parse_json(std::string(1'000'000, '[')).error().code == ErrorCode::TooLarge);
  std::string wide = "{";
  for (int i = 0; i < 1001; ++i) wide += "\"" + std::to_string(i) + "\":0,";
  wide.back() = '}';
  CHECK(parse_json(wide).error().code == ErrorCode::TooLarge);
}

TEST_CASE("a demanded field of the wrong type is an error that names it") {
  const Json tree = *parse_json(R"({"model":3,"n":7,"t":2.5,"s":null,"big":1e300})");
  CHECK(need_text(tree, "model").error().message.find("model") != std::string::npos);
  CHECK(need_text(tree, "prompt").error().message.find("missing") != std::string::npos);
  CHECK(may_text(tree, "s")->has_value() == false);
  CHECK(**may_integer(tree, "n", 1, 10) == 7);
  CHECK_FALSE(may_integer(tree, "n", 1, 4).has_value());
  CHECK_FALSE(may_integer(tree, "t", 1, 4).has_value());
  CHECK_FALSE(may_integer(tree, "big", 1, 4).has_value());
  CHECK(**may_number(tree, "t", 0, 3) == 2.5);
  CHECK_FALSE(may_number(tree, "t", 0, 2).has_value());
  CHECK_FALSE(may_flag(tree, "n").has_value());
}
