#include "shared/dataset/change.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

#include "shared/dataset/change_json.hpp"
#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

/// Equal in everything a catalogue keeps; revisions only count changes.
bool same(const Document& a, const Document& b) {
  if (a.name != b.name || !(a.settings == b.settings) || a.items.size() != b.items.size()) return false;
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), [](const auto& x, const auto& y) {
    return same_facts(*x, *y) && x->captions == y->captions;
  });
}

Change through_json(const Change& change) {
  return read_change(Json::parse(write_change(change), nullptr, false));
}

Document edited(const Document& document, const Command& command) {
  auto done = perform(document, command);
  REQUIRE(done);
  return done->document;
}

/// Random commands over a small set of ids and paths, so that they meet each other often.
class Person {
 public:
  explicit Person(unsigned seed) : random_(seed) {}

  Command next(const Document& document) {
    const TimeMs now = ++now_;
    switch (random_() % 8) {
      case 0: return AddItems{{new_item(), new_item()}};
      case 1: return RemoveItems{{any(document)}};
      case 2: return AffixCaptions{all(document), "TOK", random_() % 2 ? ", film" : "", now};
      case 3: return ReplaceInCaptions{all(document), "a", "\xC3\xA4 \"quoted\"\n", {}, now};
      case 4: return RenameDataset{"name " + std::to_string(random_() % 3)};
      case 5: return ChangeSettings{{"context " + std::to_string(random_() % 3), "TOK"}};
      case 6: return ImportCaptions{{{any(document), "from a file"}}, now, "tags"};
      default:
        return document.items.empty() ? Command{AddItems{{new_item()}}}
                                      : Command{SetCaption{any(document),
                                                           random_() % 5 ? "text " + std::to_string(now) : "",
                                                           {AuthorKind::Model, "openai/gpt"},
                                                           now}};
    }
  }

 private:
  Item new_item() {
    const std::string number = std::to_string(random_() % 12);
    Item made = item("id" + number, "folder/p" + std::to_string(random_() % 12) + ".jpg");
    made.phash = 0x8000000000000001ULL * (random_() % 7);
    made.taken = random_() % 2 ? std::optional<TimeMs>(static_cast<TimeMs>(random_())) : std::nullopt;
    made.alpha = random_() % 2 == 0;
    return made;
  }
  ItemId any(const Document& document) {
    return document.items.empty() ? "none" : document.items[random_() % document.items.size()]->id;
  }
  static std::vector<ItemId> all(const Document& document) {
    std::vector<ItemId> ids;
    for (const auto& one : document.items) ids.push_back(one->id);
    return ids;
  }
  std::mt19937 random_;
  TimeMs now_ = 0;
};

}  // namespace

TEST_CASE("a change leads from a document to the next one and back, also through JSON") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    INFO("seed ", seed);
    Person person(seed);
    Document before = three_cats();
    for (int step = 0; step < 40; ++step) {
      const auto done = perform(before, person.next(before));
      if (!done) continue;
      const Document& after = done->document;
      const Change change = through_json(difference(before, after));
      REQUIRE(same(applied(before, change, Direction::Forwards), after));
      REQUIRE(same(applied(after, change, Direction::Backwards), before));
      before = after;
    }
  }
}

TEST_CASE("a change over many steps is the same as its steps one after the other") {
  Person person(20261121);
  std::vector<Document> moments{three_cats()};
  for (int step = 0; step < 200; ++step) {
    auto done = perform(moments.back(), person.next(moments.back()));
    if (done) moments.push_back(std::move(done->document));
  }
  for (std::size_t from = 0; from + 30 < moments.size(); from += 7) {
    const Change change = difference(moments[from], moments[from + 30]);
    CHECK(same(applied(moments[from], change, Direction::Forwards), moments[from + 30]));
    CHECK(same(applied(moments[from + 30], change, Direction::Backwards), moments[from]));
  }
}

TEST_CASE("two documents that are equal have no difference, shared or not") {
  const Document cats = three_cats();
  CHECK(difference(cats, cats).empty());
  Document copies = cats;
  for (auto& one : copies.items) one = std::make_shared<const Item>(*one);
  CHECK(difference(cats, copies).empty());
  CHECK(write_change({}) == "{}");
}

TEST_CASE("one edit among many is one caption in the change, and untouched items stay the same objects") {
  const Document before = three_cats();
  const Document after = edited(before, SetCaption{"1", "new", {}, 5});
  const Change change = difference(before, after);
  CHECK(change.items.empty());
  REQUIRE(change.captions.size() == 1);
  CHECK(change.captions[0].item == "1");
  CHECK(change.captions[0].before->text == "a tabby cat");
  CHECK(change.captions[0].after->time == 5);
  const Document again = applied(before, change, Direction::Forwards);
  CHECK(again.items[1] == before.items[1]);
  CHECK(again.find("1")->revision == before.find("1")->revision + 1);
}

TEST_CASE("a removed item comes back where it lay, with its captions") {
  const Document before = three_cats();
  const Document after = edited(before, RemoveItems{{"1"}});
  const Change change = difference(before, after);
  REQUIRE(change.items.size() == 1);
  CHECK(change.items[0].after == nullptr);
  const Document back = applied(after, through_json(change), Direction::Backwards);
  CHECK(same(back, before));
  CHECK(back.position("1") == 0);
  CHECK(back.find_path("cat1.jpg") == back.find("1"));
}

TEST_CASE("a change can be put on top of a document that others changed") {
  const Document before = three_cats();
  const Change change = difference(before, edited(before, SetCaption{"1", "mine", {}, 1}));
  Document other = edited(edited(before, SetCaption{"2", "theirs", {}, 1}), RemoveItems{{"3"}});
  const Document both = applied(other, change, Direction::Forwards);
  CHECK(caption_text(*both.find("1")) == "mine");
  CHECK(caption_text(*both.find("2")) == "theirs");
  CHECK(both.items.size() == 2);
  CHECK(same(applied(edited(before, RemoveItems{{"1"}}), change, Direction::Forwards),
             edited(before, RemoveItems{{"1"}})));
}

TEST_CASE("reading a change takes any JSON without harm") {
  for (const char* text : {"null", "[]", "5", R"({"items":5})", R"({"items":[{}],"captions":[{}]})",
                           R"({"items":[{"id":"x","before":null,"after":null}]})",
                           R"({"captions":[{"item":5,"set":null,"after":"x"}],"dataset":[]})",
                           R"({"dataset":{"before":{},"after":{"name":7,"settings":[]}}})"}) {
    CAPTURE(text);
    const Change change = read_change(Json::parse(text, nullptr, false));
    CHECK(change.items.empty());
    (void)applied(three_cats(), change, Direction::Forwards);
  }
}
