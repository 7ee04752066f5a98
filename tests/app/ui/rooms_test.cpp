#include <algorithm>
#include <doctest/doctest.h>
#include <imgui.h>
#include <set>

#include "tests/app/ui/fake_screen.hpp"

using namespace vignette;
using ui_test::FakeScreen;

namespace {

struct Size {
  float w, h;
};
constexpr Size kSizes[] = {{640, 480}, {1280, 800}, {3840, 2160}, {375, 700}};
constexpr Room kRooms[] = {Room::Library, Room::Caption, Room::Export, Room::Settings, Room::Datasets};

template <class Check>
void in_every_view(Check check) {
  for (const Size size : kSizes) {
    FakeScreen screen(size.w, size.h);
    for (const int items : {0, 12, 10'000}) {
      if (items > 0) screen.add_items(items - static_cast<int>(screen.state.document().items.size()));
      for (const Theme theme : {Theme::Dark, Theme::Light}) {
        for (const Room room : kRooms) {
          for (const bool single : {false, true}) {
            if (single && (room != Room::Library || items == 0)) continue;
            screen.state.session.theme = theme;
            screen.state.session.room = room;
            screen.state.session.single_view = single;
            screen.frames(3);
            INFO("window ", size.w, " x ", size.h, ", ", items, " items, room ", static_cast<int>(room),
                 ", single ", single);
            check(screen, size);
          }
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("every room draws at every size, in both themes, empty, small and large") {
  in_every_view([](const FakeScreen& screen, Size) {
    CHECK(screen.out.nodes.size() > 10);
    CHECK(ImGui::GetDrawData()->TotalVtxCount > 100);
  });
}

TEST_CASE("everything that can be pressed has a name and a role") {
  in_every_view([](const FakeScreen& screen, Size) {
    for (const auto& item : screen.views.unnamed) FAIL_CHECK("an unnamed item at ", item.x, ", ", item.y);
    for (const ui::Node& node : screen.out.nodes) {
      INFO("role ", node.role);
      CHECK(!node.name.empty());
      CHECK(!node.role.empty());
      CHECK(node.id != 0);
    }
  });
}

TEST_CASE("nothing lies outside the width of the window") {
  in_every_view([](const FakeScreen& screen, Size size) {
    for (const ui::Node& node : screen.out.nodes) {
      INFO(node.role, " \"", node.name, "\" at ", node.rect.x, " + ", node.rect.w);
      CHECK(node.rect.x >= -0.5F);
      if (!node.offscreen) CHECK(node.rect.x + node.rect.w <= size.w + 0.5F);
      // Off screen is for what one scrolls to, up or down.
      if (node.role != "option") CHECK(node.rect.x < size.w);
    }
  });
}

TEST_CASE("ids are unique, and parents come before their children") {
  in_every_view([](const FakeScreen& screen, Size) {
    std::set<std::uint32_t> seen;
    for (const ui::Node& node : screen.out.nodes) {
      INFO(node.role, " \"", node.name, "\"");
      if (node.parent != 0) CHECK(seen.count(node.parent) == 1);
      CHECK(seen.insert(node.id).second);
    }
  });
}

TEST_CASE("landmarks are there for screen readers") {
  FakeScreen screen(1280, 800);
  screen.add_items(12);
  screen.frames(2);
  for (const char* role : {"banner", "navigation", "main", "contentinfo"}) {
    const auto& nodes = screen.out.nodes;
    const auto count =
        std::count_if(nodes.begin(), nodes.end(), [&](const ui::Node& n) { return n.role == role; });
    INFO(role);
    CHECK(count == 1);
  }
}

TEST_CASE("buttons are at least 24 pixels in both directions, also at 80 %") {
  FakeScreen screen(1280, 2600);  // so high that no button is cut off at the edge of what scrolls
  screen.add_items(12);
  screen.state.session.ui_scale = 0.8F;
  for (const Room room : kRooms) {
    screen.state.session.room = room;
    screen.frames(3);
    for (const ui::Node& node : screen.out.nodes) {
      if (node.offscreen || (node.role != "button" && node.role != "tab" && node.role != "switch")) continue;
      INFO(node.role, " \"", node.name, "\" ", node.rect.w, " x ", node.rect.h);
      CHECK(node.rect.w >= 22);
      CHECK(node.rect.h >= 22);
    }
  }
}

TEST_CASE("a resting screen asks for no further frames") {
  in_every_view([](FakeScreen& screen, Size) {
    screen.move_to(-100, -100);
    screen.frames(60);
    CHECK(!screen.out.animating);
    CHECK(screen.out.wake_in_ms < 0);
    CHECK(screen.out.events.empty());
  });
}

TEST_CASE("placeholders stop pulsing when a thumbnail never comes") {
  FakeScreen screen(1280, 800);
  screen.state.session.reduced_motion = false;
  screen.pictures.have_thumbnails = false;
  screen.add_items(12);
  screen.move_to(-100, -100);
  screen.frames(3);
  CHECK(screen.out.animating);
  for (int i = 0; i < 20; ++i) screen.frame(0.5);
  CHECK(!screen.out.animating);
}

TEST_CASE("the rail goes from room to room") {
  FakeScreen screen(1280, 800);
  screen.obey = true;
  screen.frames(2);
  screen.click(screen.node("tab", "Settings"));
  CHECK(screen.state.session.room == Room::Settings);
  CHECK(screen.node("tab", "Settings").selected);
  screen.click(screen.node("tab", "Library"));
  CHECK(screen.state.session.room == Room::Library);
}

TEST_CASE("an empty library offers three ways to begin") {
  FakeScreen screen(640, 480);
  screen.frames(2);
  screen.click(screen.node("button", "Choose pictures…"));
  CHECK(screen.take<RunCommand>()->id == "items.add");
  screen.click(screen.node("button", "Choose a folder…"));
  CHECK(screen.take<RunCommand>()->id == "items.add-folder");
  screen.click(screen.node("button", "Load the sample set"));
  CHECK(screen.take<RunCommand>()->id == "sample.load");
}

TEST_CASE("Tab alone reaches every button of every room") {
  for (const Room room : kRooms) {
    FakeScreen screen(1280, 800);
    screen.add_items(3);
    screen.state.session.room = room;
    screen.frames(2);
    std::set<std::string> wanted;
    for (const ui::Node& node : screen.out.nodes) {
      const bool pressable = node.role == "button" || node.role == "switch" || node.role == "radio" ||
                             node.role == "textbox" || node.role == "slider" || node.role == "tab";
      if (pressable && !node.disabled) wanted.insert(node.role + " " + node.name);
    }
    CHECK(wanted.size() > 5);
    for (int i = 0; i < 60 && !wanted.empty(); ++i) {
      screen.key(ImGuiKey_Tab);
      for (const ui::Node& node : screen.out.nodes) {
        if (node.focused) wanted.erase(node.role + " " + node.name);
      }
    }
    INFO("room ", static_cast<int>(room));
    for (const std::string& missed : wanted) FAIL_CHECK("never reached: ", missed);
  }
}

TEST_CASE("a node can be pressed by its id, without a mouse") {
  FakeScreen screen(1280, 800);
  screen.frames(2);
  ui::activate(screen.node("button", "All commands").id);
  screen.frames(2);
  CHECK(screen.take<RunCommand>()->id == "palette.open");
}

TEST_CASE("a slider takes a value from the widget tree and steps with the arrow keys") {
  FakeScreen screen(1280, 800);
  screen.add_items(12);
  screen.frames(2);
  ui::set_value(screen.views, screen.node("slider", "Size of the pictures").id, 256);
  screen.frame();
  CHECK(screen.take<SetTileSize>()->px == 256);
}
