#include "shared/caption/variables.hpp"

#include <doctest/doctest.h>

#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

std::string filled(std::string_view text, const Values& values = {}) {
  const Result<Template> parsed = Template::parse(text);
  return parsed ? parsed->fill(values) : parsed.error().message;
}

}  // namespace

TEST_CASE("variables are filled in, braces can be literal, [trigger] stays") {
  Values values;
  for (std::size_t i = 0; i < kVariables; ++i) values[i] = std::to_string(i);
  CHECK(filled("{tags}{caption}{name}{folder}{context}{category}{regions}{series}", values) == "01234567");
  CHECK(filled("a {context} b {context}", values) == "a 4 b 4");
  CHECK(filled("\\{context\\} [trigger] \\n }", values) == "{context} [trigger] \\n }");
  CHECK(filled("", values).empty());
}

TEST_CASE("what is filled in is not read again") {
  Values values;
  value_of(values, Variable::Context) = "{caption} \\{";
  value_of(values, Variable::Caption) = "no";
  CHECK(filled("<{context}>", values) == "<{caption} \\{>");
}

TEST_CASE("an unknown variable and an open brace are errors with their place") {
  CHECK(filled("Say {colour}.") == "There is no variable {colour}, at line 1, character 5.");
  CHECK(filled("ä\nöü {x}") == "There is no variable {x}, at line 2, character 4.");
  CHECK(filled("{}") == "There is no variable {}, at line 1, character 1.");
  CHECK(filled("{ context }") == "There is no variable { context }, at line 1, character 1.");
  CHECK(filled("a {context") == "The brace at line 1, character 3 opens a variable and never closes.");
  CHECK(filled("{a{context}") == "The brace at line 1, character 1 opens a variable and never closes.");
  CHECK(filled("{\ncontext}") == "The brace at line 1, character 1 opens a variable and never closes.");
}

TEST_CASE("an item knows its tags, caption, name and folder") {
  Item cat = testing::item("1", "shoot/day 1/a.b.jpg", "orange cat,  sofa,, ball ");
  Values values = values_of(cat);
  CHECK(filled("{tags}|{caption}|{name}|{folder}", values) ==
        "orange cat, sofa, ball|orange cat,  sofa,, ball |a.b|day 1");
  cat.captions["tags"] = {"x,y", {}, 0};
  CHECK(value_of(values_of(cat), Variable::Tags) == "x, y");
  CHECK(value_of(values_of(testing::item("2", "a.jpg")), Variable::Folder).empty());
  CHECK(Template::parse("{regions}")->uses(Variable::Regions));
  CHECK_FALSE(Template::parse("\\{regions}")->uses(Variable::Regions));
}
