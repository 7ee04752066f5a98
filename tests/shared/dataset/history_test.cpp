#include "shared/dataset/history.hpp"

#include <doctest/doctest.h>
#include <random>

#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

void edit(History& history, const std::string& text, const std::string& merge_key = {}) {
  auto done = perform(history.now(), SetCaption{"1", text, {}, 0});
  history.push(std::move(done->document), done->label, merge_key);
}
const std::string& caption(const History& history) { return caption_text(*history.now().find("1")); }

}  // namespace

TEST_CASE("undo and redo walk through named moments") {
  History history(three_cats());
  CHECK_FALSE(history.can_undo());
  edit(history, "one");
  edit(history, "two");
  CHECK(history.undo_label() == "Edit caption of cat1.jpg");
  history.undo();
  CHECK(caption(history) == "one");
  history.undo();
  CHECK(caption(history) == "a tabby cat");
  CHECK_FALSE(history.can_undo());
  history.redo();
  history.redo();
  CHECK(caption(history) == "two");
  CHECK_FALSE(history.can_redo());
}

TEST_CASE("a new edit after undo forgets what could have been redone") {
  History history(three_cats());
  edit(history, "one");
  history.undo();
  edit(history, "other");
  CHECK_FALSE(history.can_redo());
  history.undo();
  CHECK(caption(history) == "a tabby cat");
}

TEST_CASE("edits with one merge key are one step until the gesture ends") {
  History history(three_cats());
  edit(history, "a", "typing");
  edit(history, "ab", "typing");
  edit(history, "abc", "typing");
  CHECK(history.steps() == 1);
  history.seal();
  edit(history, "abcd", "typing");
  CHECK(history.steps() == 2);
  history.undo();
  CHECK(caption(history) == "abc");
}

TEST_CASE("a history has an end: the oldest steps go, the present stays") {
  History history(three_cats());
  for (int i = 0; i < 2000; ++i) edit(history, "v" + std::to_string(i));
  CHECK(history.steps() < 1000);
  CHECK(caption(history) == "v1999");
  while (history.can_undo()) history.undo();
  while (history.can_redo()) history.redo();
  CHECK(caption(history) == "v1999");
}

TEST_CASE("any walk of undo and redo that returns to a step returns to its document") {
  const unsigned seed = 20261121;
  INFO("seed ", seed);
  std::mt19937 random(seed);
  History history(three_cats());
  std::vector<std::string> moments{caption(history)};
  std::size_t at = 0;
  for (int i = 0; i < 400; ++i) {
    switch (random() % 3) {
      case 0:
        edit(history, "text " + std::to_string(i));
        moments.resize(++at);
        moments.push_back("text " + std::to_string(i));
        break;
      case 1:
        if (at > 0) --at;
        history.undo();
        break;
      default:
        if (at + 1 < moments.size()) ++at;
        history.redo();
        break;
    }
    REQUIRE(caption(history) == moments[at]);
  }
}
