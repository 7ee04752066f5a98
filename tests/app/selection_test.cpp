#include "tests/app/fake_runner.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

FakeRunner with_five() {
  FakeRunner app;
  app.drop({"1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg"});
  return app;
}
std::set<ItemId> ids(std::initializer_list<const char*> names) {
  std::set<ItemId> out;
  for (const char* name : names) out.insert("h:" + std::string(name) + ".jpg");
  return out;
}

}  // namespace

TEST_CASE("click, Ctrl and Shift select as in a file manager") {
  FakeRunner app = with_five();
  app.send(ClickItem{"h:2.jpg"});
  app.send(ClickItem{"h:4.jpg", false, true});
  CHECK(app.state.session.selection.ids == ids({"2", "3", "4"}));
  app.send(ClickItem{"h:3.jpg", true});
  CHECK(app.state.session.selection.ids == ids({"2", "4"}));
  app.send(ClickItem{"h:5.jpg"});
  CHECK(app.state.session.selection.ids == ids({"5"}));
}

TEST_CASE("the keyboard moves the cursor, Shift extends from where it started") {
  FakeRunner app = with_five();
  app.send(ClickItem{"h:2.jpg"});
  app.send(MoveFocus{1, true});
  app.send(MoveFocus{1, true});
  CHECK(app.state.session.selection.ids == ids({"2", "3", "4"}));
  app.send(MoveFocus{-1, true});
  CHECK(app.state.session.selection.ids == ids({"2", "3"}));
  app.send(MoveFocus{100});
  CHECK(app.state.session.selection.focus == "h:5.jpg");
}

TEST_CASE("a box selects what it touches, with Ctrl in addition to what was selected") {
  FakeRunner app = with_five();
  app.send(BoxSelect{{"h:1.jpg", "h:2.jpg"}, {}});
  CHECK(app.state.session.selection.ids == ids({"1", "2"}));
  app.send(BoxSelect{{"h:4.jpg"}, ids({"1", "2"})});
  CHECK(app.state.session.selection.ids == ids({"1", "2", "4"}));
  app.send(RunCommand{"items.invert"});
  CHECK(app.state.session.selection.ids == ids({"3", "5"}));
}

TEST_CASE("removed pictures leave the selection, and undo brings them back to the dataset") {
  FakeRunner app = with_five();
  app.send(BoxSelect{{"h:1.jpg", "h:2.jpg"}, {}});
  app.send(RunCommand{"items.remove"});
  CHECK(app.state.session.dialog == Dialog::ConfirmRemove);
  app.send(RunCommand{"items.remove-now"});
  CHECK(app.state.document().items.size() == 3);
  CHECK(app.state.session.selection.ids.empty());
  app.send(RunCommand{"undo"});
  CHECK(app.state.document().items.size() == 5);
  CHECK(app.state.sources.count("h:1.jpg") == 1);
}

TEST_CASE("opening and going back") {
  FakeRunner app = with_five();
  app.send(OpenItem{"h:3.jpg"});
  CHECK(app.state.session.single_view);
  app.send(RunCommand{"item.next"});
  CHECK(app.state.session.selection.focus == "h:4.jpg");
  app.send(RunCommand{"view.back"});
  CHECK_FALSE(app.state.session.single_view);
}

TEST_CASE("toasts go by themselves") {
  FakeRunner app = with_five();
  REQUIRE_FALSE(app.state.session.toasts.empty());
  REQUIRE(next_wake(app.state));
  app.now = *next_wake(app.state);
  app.send(Tick{});
  CHECK(app.state.session.toasts.empty());
  CHECK_FALSE(next_wake(app.state));
}

TEST_CASE("an empty dataset starts afresh and undo brings the old one back") {
  FakeRunner app = with_five();
  app.send(RunCommand{"dataset.new-now"});
  CHECK(app.state.document().items.empty());
  app.send(RunCommand{"undo"});
  CHECK(app.state.document().items.size() == 5);
}
