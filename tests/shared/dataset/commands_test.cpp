#include "shared/dataset/commands.hpp"

#include <doctest/doctest.h>

#include "shared/dataset/affix.hpp"
#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::testing;

TEST_CASE("pictures lie in natural order of their paths") {
  const Document cats = three_cats();
  REQUIRE(cats.items.size() == 3);
  CHECK(cats.items[0]->name == "cat1.jpg");
  CHECK(cats.items[1]->name == "cat2.jpg");
  CHECK(cats.items[2]->name == "cat10.jpg");
  CHECK(cats.position("3") == 2);
}

TEST_CASE("the same bytes under another path stay one item with two paths") {
  const auto after = perform(three_cats(), AddItems{{item("1", "copy/cat1.jpg")}});
  REQUIRE(after);
  CHECK(after->document.items.size() == 3);
  CHECK(after->document.find("1")->also_at == std::vector<std::string>{"copy/cat1.jpg"});
  CHECK(after->document.find_path("copy/cat1.jpg") == after->document.find("1"));
}

TEST_CASE("dropping the same folder twice changes nothing") {
  const Document cats = three_cats();
  const auto again =
      perform(cats, AddItems{{item("1", "cat1.jpg"), item("2", "cat2.jpg"), item("3", "cat10.jpg")}});
  REQUIRE(again);
  CHECK(again->changed == 0);
}

TEST_CASE("new bytes at a known path replace the picture and keep its captions") {
  const auto after = perform(three_cats(), AddItems{{item("9", "cat1.jpg")}});
  REQUIRE(after);
  CHECK(after->document.items.size() == 3);
  CHECK(after->document.find("1") == nullptr);
  REQUIRE(after->document.find("9"));
  CHECK(caption_text(*after->document.find("9")) == "a tabby cat");
}

TEST_CASE("twins inside one drop are one item") {
  const auto after =
      perform(Document{}, AddItems{{item("1", "a.jpg"), item("1", "b.jpg"), item("2", "c.jpg")}});
  REQUIRE(after);
  CHECK(after->document.items.size() == 2);
  CHECK(after->document.find("1")->also_at.size() == 1);
}

TEST_CASE("an edit makes a new item and leaves the past alone") {
  const Document before = three_cats();
  const auto after = perform(before, SetCaption{"1", "a ginger cat", {AuthorKind::Human, ""}, 5});
  REQUIRE(after);
  CHECK(after->changed == 1);
  CHECK(after->label == "Edit caption of cat1.jpg");
  CHECK(caption_text(*after->document.find("1")) == "a ginger cat");
  CHECK(caption_text(*before.find("1")) == "a tabby cat");
  CHECK(after->document.items[1] == before.items[1]);  // untouched: the very same object
  CHECK(after->document.find("1")->revision == before.find("1")->revision + 1);
}

TEST_CASE("writing the text that is there already is not an edit") {
  const auto same = perform(three_cats(), SetCaption{"1", "a tabby cat", {AuthorKind::Human, ""}, 5});
  REQUIRE(same);
  CHECK(same->changed == 0);
}

TEST_CASE("a caption for a picture that is not there is refused by name") {
  const auto none = perform(three_cats(), SetCaption{"nope", "x", {}, 0});
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().code == ErrorCode::NotFound);
  CHECK(none.error().message.find("nope") != std::string::npos);
}

TEST_CASE("captions from files never overwrite words that are there") {
  const auto after = perform(three_cats(), ImportCaptions{{{"1", "from a file"}, {"3", "from a file"}}, 1});
  REQUIRE(after);
  CHECK(after->changed == 1);
  CHECK(caption_text(*after->document.find("1")) == "a tabby cat");
  CHECK(caption_text(*after->document.find("3")) == "from a file");
  CHECK(after->document.find("3")->captions.at("main").author.kind == AuthorKind::Import);
}

TEST_CASE("pressing the prefix button twice adds the prefix once") {
  const AffixCaptions add{{"1", "2", "3"}, "TOK,", "studio light", 1};
  const auto once = perform(three_cats(), add);
  REQUIRE(once);
  CHECK(once->changed == 2);  // the empty caption stays empty
  CHECK(caption_text(*once->document.find("1")) == "TOK, a tabby cat studio light");
  const auto twice = perform(once->document, add);
  REQUIRE(twice);
  CHECK(twice->changed == 0);
}

TEST_CASE("affixes join with one space, match whole words and ignore stray spaces") {
  CHECK(with_affixes("photo of a cat", "a", "") == "a photo of a cat");
  CHECK(with_affixes("a photo", "a", "") == "a photo");
  CHECK(with_affixes("abc", "a", "") == "a abc");
  CHECK(with_affixes("  cat ", " TOK ", "") == "TOK cat");
  CHECK(with_affixes("cat", "", ", film grain") == "cat, film grain");
  CHECK(with_affixes("cat, film grain", "", ", film grain") == "cat, film grain");
  CHECK(with_affixes("cat", "", "") == "cat");
  CHECK(with_affixes("", "TOK", "") == "TOK");
}

TEST_CASE("removing pictures forgets them in the index too") {
  const auto after = perform(three_cats(), RemoveItems{{"2", "unknown"}});
  REQUIRE(after);
  CHECK(after->changed == 1);
  CHECK(after->document.find("2") == nullptr);
  CHECK(after->document.position("3") == 1);
}

TEST_CASE("a dataset cannot lose its name") {
  CHECK_FALSE(perform(three_cats(), RenameDataset{"   "}).has_value());
  CHECK(perform(three_cats(), RenameDataset{" Dogs "})->document.name == "Dogs");
}
