#include <algorithm>
#include <doctest/doctest.h>

#include "tests/app/ui/fake_screen.hpp"

using namespace vignette;
using ui_test::FakeScreen;

namespace {

struct ExportRoom : FakeScreen {
  explicit ExportRoom(int items, float w = 1280, float h = 900) : FakeScreen(w, h) {
    obey = true;
    add_items(items);
    for (const auto& item : state.document().items) state.sources[item->id] = 1;
    state.session.room = Room::Export;
    frames(3);
  }
  const ui::Node* starting_with(const std::string& role, const std::string& begin) const {
    const auto found = std::find_if(out.nodes.begin(), out.nodes.end(), [&](const ui::Node& n) {
      return n.role == role && n.name.rfind(begin, 0) == 0;
    });
    return found == out.nodes.end() ? nullptr : &*found;
  }
};

}  // namespace

TEST_CASE("a missing caption stops the export and says so") {
  ExportRoom screen(6);
  CHECK(screen.starting_with("button", "Export 6 pictures")->disabled);
  CHECK(screen.find("heading", "2 things stop the export") != nullptr);
  CHECK(screen.find("listitem", "item00000.jpg has no caption.") != nullptr);
}

TEST_CASE("leaving pictures out makes the export possible") {
  ExportRoom screen(6);
  screen.click(screen.node("radio", "Leave them out"));
  CHECK(screen.state.session.export_options.missing == MissingCaption::Skip);
  screen.frames(2);
  const ui::Node* go = screen.starting_with("button", "Export 4 pictures");
  REQUIRE(go != nullptr);
  CHECK(!go->disabled);
  screen.click(*go);
  bool ran = false;
  while (const auto command = screen.take<RunCommand>()) ran = ran || command->id == "export";
  CHECK(ran);
}

TEST_CASE("the problem leads to the picture that has it") {
  ExportRoom screen(6);
  screen.click(screen.node("button", "Go to the first one"));
  CHECK(screen.state.session.room == Room::Caption);
  CHECK(screen.state.session.selection.focus == "item00000");
}

TEST_CASE("the preview lists only what can be seen of ten thousand files") {
  ExportRoom screen(10'000);
  const auto listed = std::count_if(screen.out.nodes.begin(), screen.out.nodes.end(),
                                    [](const ui::Node& n) { return n.role == "listitem"; });
  CHECK(listed > 4);
  CHECK(listed < 40);
}

TEST_CASE("a running export shows its progress and can be cancelled") {
  ExportRoom screen(6);
  screen.obey = false;
  screen.state.jobs.push_back(
      {.id = 7, .kind = JobKind::Export, .label = "Export a.zip", .total = 6, .done = 2});
  screen.frames(2);
  screen.click(screen.node("button", "Cancel"));
  CHECK(screen.take<CancelJob>()->job == 7);
}
