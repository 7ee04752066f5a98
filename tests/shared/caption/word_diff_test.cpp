#include "shared/caption/word_diff.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace vignette::caption;

namespace {

using Blocks = std::vector<DiffBlock>;

std::string side(const Blocks& blocks, bool right) {
  std::string out;
  for (const DiffBlock& block : blocks) out += right ? block.right : block.left;
  return out;
}

}  // namespace

TEST_CASE("a diff shows the words that differ and nothing else") {
  CHECK(diff_words("a red vase", "a blue vase") ==
        Blocks{{true, "a ", "a "}, {false, "red", "blue"}, {true, " vase", " vase"}});
  CHECK(diff_words("cat, sofa", "cat sofa") ==
        Blocks{{true, "cat", "cat"}, {false, ",", ""}, {true, " sofa", " sofa"}});
  CHECK(diff_words("", "new") == Blocks{{false, "", "new"}});
  CHECK(diff_words("same", "same") == Blocks{{true, "same", "same"}});
  CHECK(diff_words("", "").empty());
}

TEST_CASE("neighbouring changes are one, not two around a space") {
  CHECK(diff_words("a red vase here", "a blue cup here") ==
        Blocks{{true, "a ", "a "}, {false, "red vase", "blue cup"}, {true, " here", " here"}});
}

TEST_CASE("each change is taken from either side") {
  const Blocks blocks = diff_words("a red vase on a table", "a blue vase on a shelf");
  CHECK(merged(blocks, {false, false}) == "a red vase on a table");
  CHECK(merged(blocks, {true, false}) == "a blue vase on a table");
  CHECK(merged(blocks, {true, true}) == "a blue vase on a shelf");
  CHECK(merged(blocks, {}) == "a red vase on a table");
}

TEST_CASE("both texts can always be put together again, to the byte") {
  std::mt19937 random(11);
  const char* words[] = {"cat", "dog", " ", "  ", ",", ".", "é", "\n", "a", "北京", "-"};
  for (int round = 0; round < 500; ++round) {
    std::string left;
    std::string right;
    for (unsigned i = random() % 30; i > 0; --i) left += words[random() % 11];
    for (unsigned i = random() % 30; i > 0; --i) right += words[random() % 11];
    const Blocks blocks = diff_words(left, right);
    CAPTURE(left);
    CAPTURE(right);
    CHECK(side(blocks, false) == left);
    CHECK(side(blocks, true) == right);
    CHECK(merged(blocks, std::vector<bool>(blocks.size(), true)) == right);
    for (const DiffBlock& block : blocks) CHECK((!block.same || block.left == block.right));
  }
}

TEST_CASE("very long texts are compared within bounds") {
  std::string left = "same ";
  std::string right = "same ";
  for (int i = 0; i < 5'000; ++i) {
    left += "a" + std::to_string(i) + " ";
    right += "b" + std::to_string(i) + " ";
  }
  const Blocks blocks = diff_words(left, right);
  CHECK(side(blocks, false) == left);
  CHECK(side(blocks, true) == right);
}
