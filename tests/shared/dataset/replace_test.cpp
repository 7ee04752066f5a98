#include "shared/dataset/replace.hpp"

#include <doctest/doctest.h>

#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

std::string replace_in(std::string_view text, std::string_view find, std::string_view with,
                       ReplaceRules rules = {}) {
  return replaced(text, find, with, rules).value_or("(nothing)");
}

}  // namespace

TEST_CASE("words are replaced from left to right, and never in what was put in") {
  CHECK(replace_in("a cat and a cat", "cat", "dog") == "a dog and a dog");
  CHECK(replace_in("aaa", "aa", "a") == "aa");
  CHECK(replace_in("cat", "cat", "cat cat") == "cat cat");
  CHECK(replace_in("a cat", "Cat", "x") == "(nothing)");
  CHECK(replace_in("a cat", "", "x") == "(nothing)");
  CHECK(replace_in("a cat", " cat", "") == "a");
}

TEST_CASE("without matching case a letter is its capital, in every alphabet that has them") {
  const ReplaceRules any_case{false, false};
  CHECK(replace_in("A Cat, a CAT", "cat", "dog", any_case) == "A dog, a dog");
  CHECK(replace_in("\xC3\x89t\xC3\xA9", "\xC3\xA9", "e", any_case) == "ete");  // Été
  CHECK(replace_in("\xD0\x9A\xD0\x9E\xD0\xA2", "\xD0\xBA\xD0\xBE\xD1\x82", "cat", any_case) == "cat");
  CHECK(replace_in("\xCE\xA3\xCE\xB1", "\xCF\x83\xCE\xB1", "sa", any_case) == "sa");  // Σα
  CHECK(replace_in("\xC5\xBD\xC5\xA1", "\xC5\xBE\xC5\xA0", "zs", any_case) == "zs");  // Žš
  CHECK(replace_in("\xC3\x97", "\xC3\xB7", "x", any_case) == "(nothing)");            // × is not ÷
}

TEST_CASE("whole words stand alone, whatever letters are around them") {
  const ReplaceRules whole{true, true};
  CHECK(replace_in("cat, cats, concat cat.", "cat", "dog", whole) == "dog, cats, concat dog.");
  CHECK(replace_in("caf\xC3\xA9 caf", "caf", "bar", whole) == "caf\xC3\xA9 bar");
  CHECK(replace_in("in \xE2\x80\x9C"
                   "cat\xE2\x80\x9D",
                   "cat", "dog", whole) ==
        "in \xE2\x80\x9C"
        "dog\xE2\x80\x9D");
  CHECK(replace_in("a, b", ", ", " ", whole) == "a b");  // what is no word has no word's ends
}

TEST_CASE("broken bytes do no harm and stay as they are") {
  CHECK(replace_in("\xFF"
                   "cat\xC3",
                   "cat", "dog", {false, true}) != "");
  CHECK(replace_in("\xC3", "\xC3", "x", {false, false}) != "");
}

TEST_CASE("replacing text touches only the captions that contain it, and asks for something to look for") {
  const Document before = three_cats();
  const auto after = perform(before, ReplaceInCaptions{{"1", "2", "3"}, "tabby", "ginger", {}, 9});
  REQUIRE(after);
  CHECK(after->changed == 1);
  CHECK(after->label == "Replace words in 1 caption");
  CHECK(caption_text(*after->document.find("1")) == "a ginger cat");
  CHECK(after->document.items[1] == before.items[1]);
  CHECK_FALSE(perform(before, ReplaceInCaptions{{"1"}, "", "x", {}, 9}).has_value());
  const auto emptied = perform(before, ReplaceInCaptions{{"1"}, "a tabby cat", "", {}, 9});
  CHECK_FALSE(is_captioned(*emptied->document.find("1")));
}
