#include "tests/app/fake_runner.hpp"
#include "wasm/app/commands.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

FakeRunner with_two_pictures() {
  FakeRunner app;
  app.drop({"a.jpg", "b.jpg"});
  app.send(RunCommand{"room.caption"});
  return app;
}

}  // namespace

TEST_CASE("typed text is saved a second after the last key, as a human's") {
  FakeRunner app = with_two_pictures();
  app.send(FieldEntered{"caption", "h:a.jpg"});
  app.send(FieldChanged{"caption", "h:a.jpg", "a v"});
  app.now += 600;
  app.send(FieldChanged{"caption", "h:a.jpg", "a vase"});
  app.wait(900);
  CHECK(caption_text(app.item("a.jpg")) == "");
  REQUIRE(next_wake(app.state));
  app.wait(100);
  CHECK(caption_text(app.item("a.jpg")) == "a vase");
  CHECK(app.item("a.jpg").captions.at("main").author.kind == AuthorKind::Human);
  CHECK(app.state.unsaved);
}

TEST_CASE("leaving the field saves at once") {
  FakeRunner app = with_two_pictures();
  app.send(FieldEntered{"caption", "h:a.jpg"});
  app.send(FieldChanged{"caption", "h:a.jpg", "left early"});
  app.send(FieldLeft{"caption", "h:a.jpg"});
  CHECK(caption_text(app.item("a.jpg")) == "left early");
}

TEST_CASE("going to the next picture saves this one and shows the next one's text in the same field") {
  FakeRunner app = with_two_pictures();
  app.run("caption.set", {{"item", "h:b.jpg"}, {"text", "second"}});
  app.send(ClickItem{"h:a.jpg"});
  app.send(FieldEntered{"caption", "h:a.jpg"});
  app.send(FieldChanged{"caption", "h:a.jpg", "first"});
  app.send(RunCommand{"caption.save-next"});
  CHECK(caption_text(app.item("a.jpg")) == "first");
  CHECK(app.state.session.selection.focus == "h:b.jpg");
  CHECK(app.state.session.draft.item == "h:b.jpg");
  REQUIRE(app.find<RefreshField>());
  CHECK(app.find<RefreshField>()->text == "second");
}

TEST_CASE("undo takes back a saved edit and shows the old text in the field") {
  FakeRunner app = with_two_pictures();
  app.send(ClickItem{"h:a.jpg"});
  app.send(FieldEntered{"caption", "h:a.jpg"});
  app.send(FieldChanged{"caption", "h:a.jpg", "one"});
  app.wait(1000);
  app.send(FieldChanged{"caption", "h:a.jpg", "one two"});
  app.wait(1000);
  app.send(RunCommand{"undo"});
  CHECK(caption_text(app.item("a.jpg")) == "one");
  REQUIRE(app.find<RefreshField>());
  CHECK(app.find<RefreshField>()->text == "one");
  app.send(RunCommand{"redo"});
  CHECK(caption_text(app.item("a.jpg")) == "one two");
}

TEST_CASE("undo right after typing takes back what was typed, not the step before it") {
  FakeRunner app = with_two_pictures();
  app.run("caption.set", {{"item", "h:a.jpg"}, {"text", "kept"}});
  app.send(ClickItem{"h:a.jpg"});
  app.send(FieldEntered{"caption", "h:a.jpg"});
  app.send(FieldChanged{"caption", "h:a.jpg", "kept and more"});
  app.send(RunCommand{"undo"});
  CHECK(caption_text(app.item("a.jpg")) == "kept");
}

TEST_CASE("next without a caption wraps around and says so when there is none") {
  FakeRunner app = with_two_pictures();
  app.run("caption.set", {{"item", "h:b.jpg"}, {"text", "x"}});
  app.send(ClickItem{"h:b.jpg"});
  app.send(RunCommand{"item.next-uncaptioned"});
  CHECK(app.state.session.selection.focus == "h:a.jpg");
  app.run("caption.set", {{"item", "h:a.jpg"}, {"text", "y"}});
  app.send(RunCommand{"item.next-uncaptioned"});
  CHECK(app.state.session.toasts.back().text == "Every picture has a caption.");
}

TEST_CASE("a prefix goes to the chosen scope and can be undone as one step") {
  FakeRunner app = with_two_pictures();
  app.run("caption.set", {{"item", "h:a.jpg"}, {"text", "vase"}});
  app.run("caption.set", {{"item", "h:b.jpg"}, {"text", "bowl"}});
  CHECK(app.run("caption.affix", {{"prefix", "TOK"}, {"scope", {"h:a.jpg"}}})["changed"] == 1);
  CHECK(app.run("caption.affix", {{"prefix", "TOK"}})["changed"] == 1);
  CHECK(caption_text(app.item("b.jpg")) == "TOK bowl");
  app.send(RunCommand{"undo"});
  CHECK(caption_text(app.item("b.jpg")) == "bowl");
  CHECK(caption_text(app.item("a.jpg")) == "TOK vase");
}

TEST_CASE("text keys do nothing special while a field has the focus, chords of the field still do") {
  CHECK(command_for_keys("U", false)->id == "item.next-uncaptioned");
  CHECK(command_for_keys("U", true) == nullptr);
  CHECK(command_for_keys("Ctrl+Z", true) == nullptr);  // the field's own undo comes first
  CHECK(command_for_keys("Ctrl+Enter", true)->id == "caption.save-next");
  CHECK(command_for_keys("Ctrl+Y", false)->id == "redo");
}
