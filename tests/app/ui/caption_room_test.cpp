#include <algorithm>
#include <doctest/doctest.h>
#include <imgui.h>

#include "tests/app/ui/fake_screen.hpp"

using namespace vignette;
using ui_test::FakeScreen;

namespace {

struct CaptionRoom : FakeScreen {
  explicit CaptionRoom(int items, float w = 1280, float h = 800) : FakeScreen(w, h) {
    obey = true;
    add_items(items);
    state.session.room = Room::Caption;
    frames(3);
  }
  const ui::FieldSlot* slot(const std::string& field) const {
    const auto found = std::find_if(out.fields.begin(), out.fields.end(),
                                    [&](const ui::FieldSlot& s) { return s.field == field; });
    return found == out.fields.end() ? nullptr : &*found;
  }
};

}  // namespace

TEST_CASE("pressing the caption asks for its field, with its place and text") {
  CaptionRoom screen(6);
  screen.state.session.selection.focus = "item00001";
  screen.frames(2);
  screen.click(screen.node("textbox", "Caption of item00001.jpg"));
  const auto entered = screen.take<FieldEntered>();
  REQUIRE(entered);
  CHECK(entered->field == "caption");
  CHECK(entered->item == "item00001");
  const ui::FieldSlot* slot = screen.slot("caption");
  REQUIRE(slot != nullptr);
  CHECK(slot->text == "a red vase, number 1");
  CHECK(slot->multiline);
  CHECK(slot->rect.w > 150);
  CHECK(slot->font_px == 17);
}

TEST_CASE("counters follow what is being typed") {
  CaptionRoom screen(6);
  update(screen.state, FieldChanged{"caption", "item00000", "two words"}, screen.state.now);
  screen.frames(2);
  CHECK(screen.find("text", "9 characters  ·  2 words") != nullptr);
  CHECK(screen.find("status", "Typing…") != nullptr);
}

TEST_CASE("next and next uncaptioned step on") {
  CaptionRoom screen(6);
  screen.click(screen.node("button", "Next picture"));
  CHECK(screen.state.session.selection.focus == "item00001");
  CHECK(screen.find("status", "2 of 6") != nullptr);
  screen.click(screen.node("button", "Next uncaptioned"));
  CHECK(screen.state.session.selection.focus == "item00003");
}

TEST_CASE("the film strip shows another picture") {
  CaptionRoom screen(6);
  screen.click(screen.node("option", "item00004.jpg"));
  CHECK(screen.state.session.selection.focus == "item00004");
  CHECK(screen.find("textbox", "Caption of item00004.jpg") != nullptr);
}

TEST_CASE("the prefix button tells how many captions it changes, and changes them") {
  CaptionRoom screen(6, 1280, 2400);  // tall enough for every card of the panel
  screen.state.session.prefix = "a photo of";
  screen.frames(2);
  screen.click(screen.node("button", "Apply to 4 captions"));
  CHECK(screen.take<RunCommand>()->id == "caption.affix");
  CHECK(caption_text(*screen.state.document().find("item00001")) == "a photo of a red vase, number 1");
  screen.frames(2);
  CHECK(screen.node("button", "Apply to 0 captions").disabled);
}

TEST_CASE("a focused field is left to the DOM, others draw their text") {
  CaptionRoom screen(6);
  screen.state.session.selection.focus = "item00001";
  screen.frames(2);
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  screen.state.session.draft = {"caption", "item00001", "a red vase, number 1", "a red vase, number 1",
                                0,         false};
  screen.frames(2);
  CHECK(ImGui::GetDrawData()->TotalVtxCount < before);
  CHECK(screen.node("textbox", "Caption of item00001.jpg").focused);
}

TEST_CASE("the wheel zooms, dragging pans, Shift+Z fits again") {
  CaptionRoom screen(6);
  const ui::Rect r = screen.node("img", "item00000.jpg").rect;
  screen.move_to(r.x + r.w / 2, r.y + r.h / 2);
  CHECK(screen.views.zoom.fit);
  for (int i = 0; i < 10; ++i) {
    ImGui::GetIO().AddMouseWheelEvent(0, 1);
    screen.frame();
  }
  CHECK(!screen.views.zoom.fit);
  const float x = screen.views.zoom.x;
  screen.press();
  screen.move_to(r.x + r.w / 2 - 50, r.y + r.h / 2);
  screen.release();
  CHECK(screen.views.zoom.x > x);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
  screen.key(ImGuiKey_Z);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
  CHECK(screen.views.zoom.fit);
}

TEST_CASE("all of the Caption room fits on a phone") {
  CaptionRoom screen(6, 375, 700);
  CHECK(screen.slot("caption") != nullptr);
  CHECK(!screen.node("textbox", "Caption of item00000.jpg").offscreen);
  CHECK(!screen.node("img", "item00000.jpg").offscreen);
}
