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

TEST_CASE("moments read from a catalogue are known by name until their documents are given") {
  History history(three_cats(), {{3, "first", 10}, {5, "second", 20}, {9, "third", 30}}, 5);
  CHECK(history.cursor() == 2);
  CHECK(history.undo_label() == "second");
  CHECK(history.redo_label() == "third");
  CHECK_FALSE(history.undo());  // its document is not here
  CHECK(history.cursor() == 2);
  history.give(1, perform(three_cats(), SetCaption{"1", "earlier", {}, 0})->document);
  CHECK(history.undo());
  CHECK(caption(history) == "earlier");
  const History::Pushed pushed = history.push(three_cats(), "new");
  CHECK(pushed.forget_after == MomentId{3});
  CHECK(pushed.moment.id == 10);  // numbers are never used again
  CHECK(history.position_of(5) == std::nullopt);
}

TEST_CASE("a stored history keeps every name, and only the documents have an end") {
  History history(three_cats(), {}, 0);
  for (int i = 0; i < 2000; ++i) edit(history, "v" + std::to_string(i));
  CHECK(history.steps() == 2000);
  std::size_t loaded = 0;
  for (std::size_t i = 0; i < history.size(); ++i) loaded += history.at(i).document ? 1 : 0;
  CHECK(loaded <= 500);
  CHECK(caption(history) == "v1999");
  CHECK(history.undo());
}

TEST_CASE("parts of one gesture carry the same moment, and its last name") {
  History history(three_cats());
  const auto one = history.push(three_cats(), "Add 1", "import", 7);
  const auto two = history.push(three_cats(), "Add 2", "import", 8);
  CHECK(one.moment.id == two.moment.id);
  CHECK(two.moment.time == 8);
  const auto renamed = history.rename_step("import", "Add 3 pictures");
  REQUIRE(renamed.size() == 1);
  CHECK(renamed[0].id == one.moment.id);
  CHECK(history.rename_step("import", "Add 3 pictures").empty());  // nothing new to tell
}
