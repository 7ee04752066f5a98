#include <chrono>
#include <doctest/doctest.h>
#include <imgui.h>

#include "tests/app/ui/fake_screen.hpp"

using namespace vignette;
using ui_test::FakeScreen;

namespace {

const ui::Node& cell(const FakeScreen& screen, const std::string& name) {
  return screen.node("gridcell", name);
}

struct Library : FakeScreen {
  explicit Library(int items, float w = 1280, float h = 800) : FakeScreen(w, h) {
    obey = true;
    add_items(items);
    frames(3);
  }
};

void hold(ImGuiKey mod, bool down) { ImGui::GetIO().AddKeyEvent(mod, down); }

}  // namespace

TEST_CASE("clicking a tile selects that picture alone") {
  Library screen(12);
  screen.click(cell(screen, "item00003.jpg"));
  const auto event = screen.take<ClickItem>();
  REQUIRE(event);
  CHECK(event->item == "item00003");
  CHECK(!event->toggle);
  CHECK(screen.state.session.selection.ids == std::set<ItemId>{"item00003"});
  CHECK(cell(screen, "item00003.jpg").selected);
}

TEST_CASE("Ctrl and Shift extend the selection") {
  Library screen(12);
  screen.click(cell(screen, "item00001.jpg"));
  hold(ImGuiMod_Ctrl, true);
  screen.click(cell(screen, "item00004.jpg"));
  hold(ImGuiMod_Ctrl, false);
  CHECK(screen.state.session.selection.ids == std::set<ItemId>{"item00001", "item00004"});
  hold(ImGuiMod_Shift, true);
  screen.click(cell(screen, "item00006.jpg"));
  hold(ImGuiMod_Shift, false);
  CHECK(screen.state.session.selection.ids == std::set<ItemId>{"item00004", "item00005", "item00006"});
}

TEST_CASE("a double click shows the picture large") {
  Library screen(12);
  const ui::Rect r = cell(screen, "item00002.jpg").rect;
  screen.move_to(r.x + 20, r.y + 20);
  screen.press();
  screen.release();
  screen.press();
  screen.release();
  screen.frames(2);
  CHECK(screen.state.session.single_view);
  CHECK(screen.state.session.selection.focus == "item00002");
  CHECK(screen.find("img", "item00002.jpg") != nullptr);
}

TEST_CASE("a box drawn with the mouse selects what it touches") {
  Library screen(12);
  const ui::Rect first = cell(screen, "item00000.jpg").rect;
  const ui::Rect third = cell(screen, "item00002.jpg").rect;
  screen.move_to(first.x + 10, first.y + 10);
  screen.press();
  screen.move_to(first.x + 40, first.y + 40);
  screen.move_to(third.x + 10, third.y + 40);
  screen.release();
  CHECK(screen.state.session.selection.ids == std::set<ItemId>{"item00000", "item00001", "item00002"});
}

TEST_CASE("a click beside the tiles selects nothing") {
  Library screen(3);
  screen.click(cell(screen, "item00001.jpg"));
  CHECK(screen.state.session.selection.ids.size() == 1);
  screen.click(700, 700);
  CHECK(screen.state.session.selection.ids.empty());
}

TEST_CASE("arrow keys walk through the grid and scroll it") {
  Library screen(500);
  screen.key(ImGuiKey_RightArrow);
  CHECK(screen.state.session.selection.focus == "item00001");
  CHECK(cell(screen, "item00001.jpg").focused);
  screen.key(ImGuiKey_End);
  CHECK(screen.state.session.selection.focus == "item00499");
  screen.frames(3);
  CHECK(!cell(screen, "item00499.jpg").offscreen);
  screen.key(ImGuiKey_Home);
  screen.frames(3);
  CHECK(screen.state.session.selection.focus == "item00000");
  CHECK(!cell(screen, "item00000.jpg").offscreen);
  hold(ImGuiMod_Shift, true);
  screen.key(ImGuiKey_RightArrow);
  hold(ImGuiMod_Shift, false);
  CHECK(screen.state.session.selection.ids.size() == 2);
}

TEST_CASE("down goes to the tile below, and Enter opens it") {
  Library screen(50);
  const ui::Rect before = cell(screen, "item00000.jpg").rect;
  screen.key(ImGuiKey_DownArrow);
  const std::string below = screen.state.session.selection.focus + ".jpg";
  CHECK(cell(screen, below).rect.x == before.x);
  CHECK(cell(screen, below).rect.y > before.y);
  screen.key(ImGuiKey_Enter);
  CHECK(screen.state.session.single_view);
}

TEST_CASE("Space takes a picture out of the selection and back") {
  Library screen(12);
  screen.key(ImGuiKey_RightArrow);
  CHECK(screen.state.session.selection.ids.size() == 1);
  screen.key(ImGuiKey_Space);
  CHECK(screen.state.session.selection.ids.empty());
  screen.key(ImGuiKey_Space);
  CHECK(screen.state.session.selection.ids.size() == 1);
}

TEST_CASE("a tile can be pressed through the widget tree") {
  Library screen(12);
  ui::activate(cell(screen, "item00005.jpg").id);
  screen.frames(2);
  CHECK(screen.state.session.selection.ids == std::set<ItemId>{"item00005"});
}

TEST_CASE("ten thousand pictures cost as much as a screenful") {
  Library few(200);
  const std::size_t nodes = few.out.nodes.size();
  const std::uint64_t cells = few.views.frame_cells;
  Library many(10'000);
  CHECK(many.out.nodes.size() <= nodes + 2);
  CHECK(many.views.frame_cells == cells);
  CHECK(many.pictures.asked == static_cast<int>(cells));
  CHECK(cells < 60);
}

TEST_CASE("the grid also works far down in ten thousand pictures") {
  Library screen(10'000);
  screen.key(ImGuiKey_End);
  screen.frames(3);
  CHECK(!cell(screen, "item09999.jpg").offscreen);
  screen.click(cell(screen, "item09990.jpg"));
  CHECK(screen.state.session.selection.ids == std::set<ItemId>{"item09990"});
}

TEST_CASE("a frame over ten thousand pictures is drawn in a fraction of its time") {
  Library screen(10'000, 1920, 1080);
  screen.views.lint = false;
  const auto begin = std::chrono::steady_clock::now();
  constexpr int kFrames = 100;
  for (int i = 0; i < kFrames; ++i) {
    ImGui::GetIO().AddMouseWheelEvent(0, -1);
    screen.frame();
  }
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
  MESSAGE("one frame: ", spent.count() / kFrames, " ms, ", screen.views.frame_cells, " cells");
  CHECK(spent.count() / kFrames < 100);  // sanitizers and a busy machine; the figure above is for reading
}
