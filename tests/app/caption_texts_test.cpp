#include "tests/app/fake_storage.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

FakeStorage with_texts() {
  FakeStorage storage;
  storage.start();
  storage.drop({"a.jpg", "b.jpg"});
  for (const char* text : {"one", "two", "three"}) {
    storage.app.now += 1000;
    storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", text}});
  }
  return storage;
}

std::vector<std::string> texts_of(const nlohmann::json& history) {
  std::vector<std::string> texts;
  for (const auto& one : history) texts.push_back(one["text"]);
  return texts;
}

}  // namespace

TEST_CASE("every text a caption had is listed, newest first, and can be brought back, also after a reload") {
  FakeStorage storage = with_texts();
  storage.reload();
  const auto texts = storage.run("caption.history", {{"item", "h:a.jpg"}});
  CHECK(texts_of(texts) == std::vector<std::string>{"three", "two", "one"});
  CHECK(texts[0]["author"] == "human");
  CHECK(storage.run("caption.restore", {{"item", "h:a.jpg"}, {"index", 2}})["changed"] == 1);
  CHECK(caption_text(storage.app.item("a.jpg")) == "one");
  CHECK(storage.run("caption.restore", {{"item", "h:a.jpg"}, {"index", 0}})["changed"] == 0);
  CHECK(storage.run("caption.restore", {{"item", "h:a.jpg"}, {"index", 99}}).contains("error"));
  storage.send(RunCommand{"undo"});
  CHECK(caption_text(storage.app.item("a.jpg")) == "three");
}

TEST_CASE("without storage the texts in memory are the history") {
  FakeStorage storage;
  storage.drop({"a.jpg"});
  for (const char* text : {"one", "two"}) storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", text}});
  CHECK(texts_of(storage.run("caption.history", {{"item", "h:a.jpg"}})) ==
        std::vector<std::string>{"two", "one"});
  storage.run("caption.restore", {{"item", "h:a.jpg"}, {"index", 1}});
  CHECK(caption_text(storage.app.item("a.jpg")) == "one");
}

TEST_CASE("the open history follows the picture that is looked at, and each new text") {
  FakeStorage storage = with_texts();
  storage.send(RunCommand{"history.toggle"});
  storage.send(ClickItem{"h:a.jpg"});
  const CaptionHistory& shown = storage.app.state.storage.captions;
  CHECK(shown.item == "h:a.jpg");
  CHECK(shown.entries.size() == 3);
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "four"}});
  CHECK(shown.entries.front().text == "four");
  storage.send(ClickItem{"h:b.jpg"});
  CHECK(shown.item == "h:b.jpg");
  CHECK(shown.entries.empty());
  storage.seen.clear();
  storage.wait(10);
  CHECK_FALSE(storage.was_asked("LoadCaptionHistory"));
}

TEST_CASE("a caption nobody touched here takes the text of its file") {
  FakeStorage storage = with_texts();
  storage.send(
      TextsFound{{{"h:a.jpg", "from outside", 5, "three"}, {"h:b.jpg", "new there", 6, std::nullopt}}});
  CHECK(caption_text(storage.app.item("a.jpg")) == "from outside");
  CHECK(caption_text(storage.app.item("b.jpg")) == "new there");
  CHECK(storage.app.item("a.jpg").captions.at("main").author.kind == AuthorKind::Import);
  CHECK(storage.toast() == "Read 2 captions that were changed in the folder.");
  CHECK(storage.app.state.history.undo_label() == "Read 2 captions changed outside");
  storage.send(RunCommand{"undo"});
  CHECK(caption_text(storage.app.item("a.jpg")) == "three");
  CHECK(caption_text(storage.app.item("b.jpg")) == "");
}

TEST_CASE("a caption changed on both sides shows the newer text and keeps both in its history") {
  FakeStorage storage = with_texts();
  const TimeMs ours = storage.app.item("a.jpg").captions.at("main").time;
  storage.send(TextsFound{{{"h:a.jpg", "older outside", ours - 500, "two"}}});
  CHECK(caption_text(storage.app.item("a.jpg")) == "three");
  CHECK(storage.toast().find("changed both here and in the folder") != std::string::npos);
  auto texts = texts_of(storage.run("caption.history", {{"item", "h:a.jpg"}}));
  CHECK(std::find(texts.begin(), texts.end(), "older outside") != texts.end());
  storage.send(TextsFound{{{"h:a.jpg", "newer outside", ours + 500, "two"}}});
  CHECK(caption_text(storage.app.item("a.jpg")) == "newer outside");
  texts = texts_of(storage.run("caption.history", {{"item", "h:a.jpg"}}));
  CHECK(std::find(texts.begin(), texts.end(), "three") != texts.end());
}

TEST_CASE("words being typed count as changed here") {
  FakeStorage storage = with_texts();
  storage.send(FieldEntered{"caption", "h:a.jpg"});
  storage.send(FieldChanged{"caption", "h:a.jpg", "being typed"});
  storage.send(TextsFound{{{"h:a.jpg", "outside", 5, "three"}}});
  CHECK(caption_text(storage.app.item("a.jpg")) == "being typed");
  const auto texts = texts_of(storage.run("caption.history", {{"item", "h:a.jpg"}}));
  CHECK(std::find(texts.begin(), texts.end(), "outside") != texts.end());
}

TEST_CASE("ten thousand files changed outside are two parts of one step") {
  FakeStorage storage;
  storage.start();
  std::vector<std::string> paths;
  TextsFound found;
  for (int i = 0; i < 10'000; ++i) {
    paths.push_back("p" + std::to_string(i) + ".jpg");
    found.texts.push_back({"h:" + paths.back(), "text " + std::to_string(i), 5, std::nullopt});
  }
  storage.drop(paths);
  const auto issued = storage.app.state.storage.issued;
  storage.send(found);
  CHECK(storage.app.state.storage.issued == issued + 2);  // the texts, and the step's name
  CHECK(caption_text(storage.app.item("p9999.jpg")) == "text 9999");
}

TEST_CASE("words are replaced in all captions or in those of a scope, as one step") {
  FakeStorage storage = with_texts();
  storage.run("caption.set", {{"item", "h:b.jpg"}, {"text", "Three threes"}});
  CHECK(storage.run("caption.replace",
                    {{"find", "three"}, {"replace", "four"}, {"case", false}, {"word", true}})["changed"] ==
        2);
  CHECK(caption_text(storage.app.item("b.jpg")) == "four threes");
  storage.send(RunCommand{"undo"});
  CHECK(caption_text(storage.app.item("a.jpg")) == "three");
  CHECK(storage.run("caption.replace", {{"find", "three"}, {"scope", {"h:a.jpg"}}})["changed"] == 1);
  CHECK(caption_text(storage.app.item("b.jpg")) == "Three threes");
  CHECK(storage.run("caption.replace", {{"find", ""}})["error"] == "There is nothing to look for.");
  CHECK(storage.run("caption.replace", {{"find", "a"}, {"regex", true}}).contains("error"));
}
