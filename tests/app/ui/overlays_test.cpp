#include <algorithm>
#include <doctest/doctest.h>
#include <imgui.h>
#include <set>

#include "tests/app/ui/fake_screen.hpp"

using namespace vignette;
using ui_test::FakeScreen;

namespace {

struct Overlays : FakeScreen {
  explicit Overlays(float w = 1280, float h = 800) : FakeScreen(w, h) {
    obey = true;
    add_items(6);
    frames(2);
  }
};

}  // namespace

TEST_CASE("every dialog draws at every size with everything named, inside the window") {
  for (const auto& [w, h] : {std::pair{640.0F, 480.0F}, {375.0F, 700.0F}, {3840.0F, 2160.0F}}) {
    Overlays screen(w, h);
    Job job;
    job.id = 5;
    for (int i = 0; i < 300; ++i)
      job.rejected.push_back(
          {"folder/broken" + std::to_string(i) + ".jpg",
           {ErrorCode::Truncated, "The end of the picture is missing.", "Copy it again."}});
    job.notes.push_back("cat.txt has no picture");
    job.state = JobState::Done;
    screen.state.jobs.push_back(job);
    screen.state.session.dialog_job = 5;
    screen.views.licences = "Dear ImGui, MIT.\nLucide, ISC.";
    screen.state.session.selection.ids = {"item00001"};
    for (const Dialog dialog : {Dialog::Keys, Dialog::About, Dialog::Rejections, Dialog::ConfirmRemove,
                                Dialog::ConfirmNew, Dialog::NewDataset, Dialog::RenameDataset}) {
      screen.state.session.dialog = dialog;
      screen.frames(3);
      INFO("dialog ", static_cast<int>(dialog), " at ", w, " x ", h);
      CHECK(screen.views.unnamed.empty());
      const auto& nodes = screen.out.nodes;
      CHECK(std::count_if(nodes.begin(), nodes.end(), [](const ui::Node& n) { return n.role == "dialog"; }) ==
            1);
      std::set<std::uint32_t> ids;
      for (const ui::Node& node : nodes) {
        INFO(node.role, " ", node.name);
        CHECK(ids.insert(node.id).second);
        CHECK(node.rect.x >= -0.5F);
        CHECK(node.rect.x + node.rect.w <= w + 0.5F);
      }
      screen.state.session.dialog = Dialog::None;
      screen.frame();
    }
  }
}

TEST_CASE("a dialog closes by its button, by Escape and by a click beside it") {
  Overlays screen;
  const auto open = [&] {
    screen.state.session.dialog = Dialog::About;
    screen.frames(3);
  };
  open();
  screen.click(screen.node("button", "Close"));
  CHECK(screen.state.session.dialog == Dialog::None);
  open();
  screen.key(ImGuiKey_Escape);
  CHECK(screen.state.session.dialog == Dialog::None);
  open();
  screen.click(20, 400);
  CHECK(screen.state.session.dialog == Dialog::None);
}

TEST_CASE("what lies under a dialog cannot be clicked, nor reached with Tab") {
  Overlays screen;
  screen.state.session.dialog = Dialog::ConfirmRemove;
  screen.state.session.selection.ids = {"item00001"};
  screen.frames(3);
  for (int i = 0; i < 12; ++i) {
    screen.key(ImGuiKey_Tab);
    for (const ui::Node& node : screen.out.nodes) {
      if (!node.focused) continue;
      INFO(node.role, " ", node.name);
      CHECK((node.name == "Close" || node.name == "Cancel" || node.name == "Remove 1 picture"));
    }
  }
  screen.obey = false;
  screen.events.clear();
  screen.click(screen.node("tab", "Settings"));
  CHECK(!screen.take<RunCommand>());
  CHECK(screen.take<CloseDialog>());
}

TEST_CASE("confirming removes the pictures, cancelling does not") {
  Overlays screen;
  screen.state.session.selection.ids = {"item00001", "item00002"};
  screen.state.session.dialog = Dialog::ConfirmRemove;
  screen.frames(3);
  screen.click(screen.node("button", "Cancel"));
  CHECK(screen.state.document().items.size() == 6);
  CHECK(screen.state.session.dialog == Dialog::None);
  screen.state.session.dialog = Dialog::ConfirmRemove;
  screen.frames(3);
  screen.click(screen.node("button", "Remove 2 pictures"));
  CHECK(screen.state.document().items.size() == 4);
  CHECK(screen.state.session.dialog == Dialog::None);
}

TEST_CASE("a toast offers its way back") {
  Overlays screen;
  screen.state.session.selection.ids = {"item00001"};
  update(screen.state, RunCommand{"items.remove-now"}, screen.state.now);
  screen.frames(3);
  REQUIRE(screen.state.session.toasts.size() == 1);
  screen.click(screen.node("button", "Undo").rect.y < 100
                   ? *std::find_if(
                         screen.out.nodes.rbegin(), screen.out.nodes.rend(),
                         [](const ui::Node& n) { return n.name == "Undo"; })
                   : screen.node("button", "Undo"));
  CHECK(screen.state.document().items.size() == 6);
}

TEST_CASE("the palette lists commands, shows which is marked, and runs the one that is clicked") {
  Overlays screen;
  update(screen.state, RunCommand{"palette.open"}, screen.state.now);
  screen.frames(3);
  CHECK(screen.views.unnamed.empty());
  CHECK(screen.find("textbox", "Find a command") != nullptr);
  update(screen.state, FieldChanged{"palette", "", "settings"}, screen.state.now);
  screen.frames(3);
  CHECK(screen.node("option", "Go to Settings").selected);
  screen.click(screen.node("option", "Go to Settings"));
  CHECK(screen.state.session.room == Room::Settings);
  CHECK(!screen.state.session.palette_open);
}

TEST_CASE("a click beside the palette closes it") {
  Overlays screen;
  update(screen.state, RunCommand{"palette.open"}, screen.state.now);
  screen.frames(3);
  screen.click(30, 700);
  CHECK(!screen.state.session.palette_open);
}

TEST_CASE("a running import shows how far it is and can be cancelled") {
  Overlays screen;
  screen.obey = false;
  screen.state.jobs.push_back({.id = 3, .label = "Adding pictures", .total = 40, .done = 10, .failed = 2});
  screen.frames(2);
  CHECK(screen.node("progressbar", "Adding pictures").value == "12 of 40");
  screen.click(screen.node("button", "Cancel: Adding pictures"));
  CHECK(screen.take<CancelJob>()->job == 3);
}

TEST_CASE("rejected files are offered for reading after an import") {
  Overlays screen;
  Job job{.id = 3, .state = JobState::Done, .label = "Adding pictures", .total = 2, .done = 1, .failed = 1};
  job.rejected.push_back({"broken.jpg", {ErrorCode::Truncated, "The end is missing.", "Copy it again."}});
  screen.state.jobs.push_back(job);
  screen.frames(2);
  screen.click(screen.node("button", "1 not added"));
  CHECK(screen.state.session.dialog == Dialog::Rejections);
  screen.frames(2);
  CHECK(screen.find("dialog", "1 file was not added") != nullptr);
  CHECK(screen.node("listitem", "broken.jpg").description == "The end is missing. Copy it again.");
}

TEST_CASE("a tooltip waits, and asks to be woken") {
  Overlays screen;
  const ui::Rect r = screen.node("button", "All commands").rect;
  const ui::Node& theme = screen.node("button", "Use the light theme");
  screen.move_to(theme.rect.x + 10, theme.rect.y + 10);
  screen.frame();
  CHECK(screen.out.wake_in_ms > 300);
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  screen.frame(0.6);
  screen.frame();
  CHECK(ImGui::GetDrawData()->TotalVtxCount > before);
  CHECK(screen.out.wake_in_ms < 0);
  CHECK(r.w > 0);
}

TEST_CASE("undo tells what it would take back") {
  Overlays screen;
  CHECK(screen.node("button", "Undo").disabled);
  update(screen.state, RunCommand{"caption.set", R"({"item":"item00001","text":"changed"})"},
         screen.state.now);
  screen.frames(2);
  CHECK(!screen.node("button", "Undo").disabled);
  screen.click(screen.node("button", "Undo"));
  CHECK(caption_text(*screen.state.document().find("item00001")) == "a red vase, number 1");
}

TEST_CASE("the status line is honest about what is not saved") {
  Overlays screen;
  CHECK(screen.find("status", "No unsaved captions") != nullptr);
  screen.state.unsaved = true;
  screen.frame();
  CHECK(screen.find("status", "Not saved: export before you close this tab") != nullptr);
}
