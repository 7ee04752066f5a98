#include <random>

#include "tests/app/fake_storage.hpp"
#include "wasm/app/commands.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

FakeStorage with_two_pictures() {
  FakeStorage storage;
  storage.start();
  storage.drop({"a.jpg", "b.jpg"});
  return storage;
}

nlohmann::json state_of(const FakeStorage& storage) {
  return nlohmann::json::parse(describe_state(storage.app.state));
}

}  // namespace

TEST_CASE("without a storage side the app works in memory and asks for nothing") {
  FakeStorage storage;
  storage.drop({"a.jpg"});
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "x"}});
  for (const char* kind : {"Commit", "OpenDataset", "StoreJob", "LoadMoment"})
    CHECK_FALSE(storage.was_asked(kind));
  CHECK(state_of(storage)["storage"]["mode"] == "none");
  CHECK(state_of(storage)["saved"] == false);
}

TEST_CASE("every change is on the disk once the app says it is saved, and survives a reload") {
  FakeStorage storage = with_two_pictures();
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "a \"vase\"\n\xC3\xA9"}});
  storage.run("dataset.rename", {{"name", "Vases"}});
  storage.run("dataset.context", {{"context", "pottery"}});
  CHECK(state_of(storage)["saved"] == true);
  CHECK(storage.catalogue().bytes == std::set<ItemId>{"h:a.jpg", "h:b.jpg"});
  storage.reload();
  CHECK(storage.document().name == "Vases");
  CHECK(storage.document().settings.context == "pottery");
  CHECK(caption_text(storage.app.item("a.jpg")) == "a \"vase\"\n\xC3\xA9");
  CHECK(storage.document().items[0]->name == "a.jpg");
  CHECK(storage.app.state.sources.count("h:b.jpg") == 1);
}

TEST_CASE("typed words are not saved until their commit is confirmed, and leaving asks until then") {
  FakeStorage storage = with_two_pictures();
  CHECK_FALSE(storage.app.state.guarding);
  storage.answers = false;
  storage.send(FieldEntered{"caption", "h:a.jpg"});
  storage.send(FieldChanged{"caption", "h:a.jpg", "a vase"});
  CHECK(storage.app.state.guarding);
  CHECK(state_of(storage)["typing"] == true);
  storage.wait(1000);
  CHECK(state_of(storage)["typing"] == false);
  CHECK(state_of(storage)["saved"] == false);
  CHECK(storage.app.state.guarding);
  storage.go_on();
  CHECK(state_of(storage)["saved"] == true);
  CHECK_FALSE(storage.app.state.guarding);
}

TEST_CASE("a page that goes out of sight saves what is being typed at once") {
  FakeStorage storage = with_two_pictures();
  storage.send(FieldEntered{"caption", "h:a.jpg"});
  storage.send(FieldChanged{"caption", "h:a.jpg", "half a sen"});
  storage.send(PageHidden{});
  CHECK(caption_text(*storage.catalogue().document.find("h:a.jpg")) == "half a sen");
}

TEST_CASE("a full disk loses nothing: commits wait in order, and go on when the person says so") {
  FakeStorage storage = with_two_pictures();
  storage.fails = "full";
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "one"}});
  CHECK(storage.toast() == "It did not work. Try again.");
  storage.run("caption.set", {{"item", "h:b.jpg"}, {"text", "two"}});
  storage.send(RunCommand{"undo"});
  CHECK(caption_text(storage.app.item("a.jpg")) == "one");
  CHECK(state_of(storage)["saved"] == false);
  CHECK(state_of(storage)["storage"]["pending"] == 3);
  CHECK(storage.app.state.guarding);
  storage.run("storage.retry");
  CHECK(state_of(storage)["storage"]["trouble"] == "It did not work.");
  storage.fails.clear();
  storage.run("storage.retry");
  CHECK(state_of(storage)["saved"] == true);
  CHECK(same_content(storage.catalogue().document, storage.document()));
  storage.reload();
  CHECK(caption_text(storage.app.item("a.jpg")) == "one");
  CHECK(caption_text(storage.app.item("b.jpg")) == "");
  CHECK(storage.run("redo")["label"] == "Edit caption of b.jpg");
  CHECK(caption_text(storage.app.item("b.jpg")) == "two");
}

TEST_CASE("the way out of a full disk has what is only in memory") {
  FakeStorage storage = with_two_pictures();
  storage.fails = "full";
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "only here"}});
  storage.answers = false;
  storage.run("project.save");
  const Json save = Json::parse(storage.asked.back());
  CHECK(text_at(save, "kind") == "SaveProject");
  REQUIRE(items_at(save, "pending").size() == 1);
  CHECK(write_json(items_at(save, "pending")).find("only here") != std::string::npos);
}

TEST_CASE("an import is one moment in parts, whose name is that of the whole") {
  FakeStorage storage;
  storage.start();
  std::vector<std::string> paths;
  for (int i = 0; i < 40; ++i) paths.push_back("p" + std::to_string(i) + ".jpg");
  storage.drop(paths);
  REQUIRE(storage.catalogue().moments.size() == 1);
  CHECK(storage.catalogue().moments[0].label == "Add 40 pictures");
  CHECK(storage.catalogue().parts.begin()->second.size() > 2);
  CHECK(storage.catalogue().jobs.empty());
  storage.reload();
  CHECK(storage.document().items.size() == 40);
  storage.send(RunCommand{"undo"});
  CHECK(storage.document().items.empty());
  CHECK(storage.catalogue().document.items.empty());
  storage.reload();
  CHECK(storage.document().items.empty());
  storage.send(RunCommand{"redo"});
  CHECK(storage.document().items.size() == 40);
}

TEST_CASE("undo and redo work across reloads, several steps at once too") {
  FakeStorage storage = with_two_pictures();
  for (int i = 0; i < 6; ++i)
    storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "v" + std::to_string(i)}});
  storage.run("items.remove-now", {{"ids", {"h:b.jpg"}}});
  storage.reload();
  CHECK(storage.app.state.history.undo_label() == "Remove 1 picture");
  storage.send(RunCommand{"undo"});
  storage.send(RunCommand{"undo"});
  CHECK(caption_text(storage.app.item("a.jpg")) == "v4");
  CHECK(storage.document().items.size() == 2);
  CHECK(storage.toast() == "Undone: Edit caption of a.jpg");
  const auto moments = storage.run("history.list")["moments"];
  REQUIRE(moments.size() == 8);
  CHECK(moments[7]["undone"] == true);
  storage.run("history.go", {{"id", moments[1]["id"]}});
  CHECK(caption_text(storage.app.item("a.jpg")) == "v0");
  CHECK(storage.catalogue().cursor == moments[1]["id"].get<MomentId>());
  storage.run("history.go", {{"id", 0}});
  CHECK(storage.document().items.empty());
  storage.run("history.go", {{"id", moments[7]["id"]}});
  CHECK(storage.document().items.size() == 1);
  CHECK(caption_text(storage.app.item("a.jpg")) == "v5");
  CHECK(same_content(storage.catalogue().document, storage.document()));
  CHECK(storage.run("history.go", {{"id", 4711}}).contains("error"));
}

TEST_CASE("undo pressed again while changes are loading goes on from where it will be") {
  FakeStorage storage = with_two_pictures();
  for (int i = 0; i < 4; ++i)
    storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "v" + std::to_string(i)}});
  storage.reload();
  storage.answers = false;
  storage.send(RunCommand{"undo"});
  storage.send(RunCommand{"undo"});
  storage.send(RunCommand{"undo"});
  storage.go_on();
  CHECK(caption_text(storage.app.item("a.jpg")) == "v0");
}

TEST_CASE("an edit while changes are loading stays; the journey ends") {
  FakeStorage storage = with_two_pictures();
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "one"}});
  storage.reload();
  storage.answers = false;
  storage.send(RunCommand{"undo"});
  storage.send(RunCommand{"caption.set", R"({"item":"h:b.jpg","text":"typed meanwhile"})"});
  storage.go_on();
  CHECK(caption_text(storage.app.item("b.jpg")) == "typed meanwhile");
  CHECK(caption_text(storage.app.item("a.jpg")) == "one");
  CHECK(same_content(storage.catalogue().document, storage.document()));
}

TEST_CASE("a step whose changes are gone says so and changes nothing") {
  FakeStorage storage = with_two_pictures();
  storage.reload();
  storage.catalogue().parts.clear();
  storage.send(RunCommand{"undo"});
  CHECK(storage.document().items.size() == 2);
  CHECK(storage.toast().find("can no longer be read") != std::string::npos);
}

TEST_CASE("whatever is done, reloaded or undone at random, disk and memory stay the same") {
  for (unsigned seed = 1; seed <= 25; ++seed) {
    INFO("seed ", seed);
    std::mt19937 random(seed);
    FakeStorage storage;
    storage.start();
    for (int step = 0; step < 60; ++step) {
      const std::string name = "p" + std::to_string(random() % 6) + ".jpg";
      switch (random() % 10) {
        case 0: storage.drop({name, "q" + std::to_string(random() % 4) + ".png"}); break;
        case 1: storage.run("items.remove-now", {{"ids", {"h:" + name}}}); break;
        case 2: storage.run("caption.affix", {{"prefix", "TOK"}}); break;
        case 3:
          storage.run("caption.replace", {{"find", "T"}, {"replace", "\xC3\x9F"}, {"case", false}});
          break;
        case 4: storage.send(RunCommand{"undo"}); break;
        case 5: storage.send(RunCommand{"redo"}); break;
        case 6: storage.reload(); break;
        case 7: {
          const auto size = storage.app.state.history.size();
          const MomentId id = storage.app.state.history.at(random() % size).info.id;
          storage.run("history.go", {{"id", id}});
          break;
        }
        default: storage.run("caption.set", {{"item", "h:" + name}, {"text", "t" + std::to_string(step)}});
      }
      REQUIRE(state_of(storage)["saved"] == true);
      REQUIRE(same_content(storage.catalogue().document, storage.document()));
    }
  }
}

TEST_CASE("one edit among ten thousand is a commit of one caption") {
  FakeStorage storage;
  storage.start();
  std::vector<std::string> paths;
  for (int i = 0; i < 10'000; ++i) paths.push_back("p" + std::to_string(i) + ".jpg");
  storage.drop(paths);
  storage.answers = false;
  storage.run("caption.set", {{"item", "h:p77.jpg"}, {"text", "one"}});
  REQUIRE(text_at(Json::parse(storage.asked[0]), "kind") == "Commit");
  CHECK(storage.asked[0].size() < 500);
}
