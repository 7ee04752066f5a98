#include <algorithm>
#include <doctest/doctest.h>
#include <imgui.h>

#include "tests/app/ui/fake_screen.hpp"

using namespace vignette;
using ui_test::FakeScreen;

namespace {

Connection relay() {
  Connection out;
  out.number = 1;
  out.name = "Access code at this site";
  out.session = out.has_secret = true;
  out.state = ConnectionState::Good;
  out.verdict = "It works: 2 models see pictures.";
  out.left = "480 of 500 requests left";
  ModelOffer one{"gemini/gemini-3.5-flash-lite", "Flash Lite", true, true, {"text", "vision"}, "", false, ""};
  ModelOffer two{"openai/gpt-4o",    "GPT-4o",     true,  true,
                 {"text", "vision"}, "2027-01-14", false, "openai/gpt-6-luna"};
  out.models = {one, two};
  return out;
}

struct Screen : FakeScreen {
  Screen(float w, float h, bool connected, Room room = Room::Caption) : FakeScreen(w, h) {
    obey = true;
    add_items(6);
    SourceId source = 1;
    for (const auto& item : state.document().items) state.sources[item->id] = source++;
    if (connected) {
      state.captioning.connections = {relay()};
      state.captioning.next_connection = 2;
      state.captioning.form.model = "gemini/gemini-3.5-flash-lite";
    }
    state.session.room = room;
    frames(3);
  }
  bool holds(const std::string& text) const {
    return std::any_of(out.nodes.begin(), out.nodes.end(),
                       [&](const ui::Node& n) { return n.name.find(text) != std::string::npos; });
  }
  void press(const std::string& role, const std::string& name) {
    ui::activate(node(role, name).id);
    frames(3);
  }
};

}  // namespace

TEST_CASE("without a connection the Caption room offers one field for a code or a key") {
  Screen screen(1280, 900, false);
  CHECK(screen.holds("Connect to a model first"));
  screen.click(screen.node("textbox", "Access code or key"));
  update(screen.state, FieldChanged{"connect-secret", "", "AIzaSyExampleExampleExample"}, screen.state.now);
  screen.frames(2);
  CHECK(screen.holds("This looks like a key of Google Gemini"));
  update(screen.state, FieldChanged{"connect-secret", "", "maple-harbour-42"}, screen.state.now);
  screen.frames(2);
  CHECK(screen.holds("This is taken for an access code."));
  screen.press("button", "Connect");
  CHECK(screen.state.captioning.connections.size() == 1);
  CHECK(screen.state.session.fields["connect-secret"].empty());
  CHECK(screen.state.captioning.connections[0].state == ConnectionState::Testing);
}

TEST_CASE(
    "without a provider this machine alone can be chosen, and then captions even with “Local only” on") {
  Screen screen(1280, 900, false);
  update(screen.state,
         NetworksKnown{{{"labels", NetworkFile::State::Away, 8'459'558, 0, ""},
                        {"objects", NetworkFile::State::Away, 8'976'094, 0, ""}}},
         screen.state.now);
  update(screen.state, RunCommand{"dataset.context", R"({"context":"Red vase"})"}, screen.state.now);
  update(screen.state, RunCommand{"local-only", R"({"on":true})"}, screen.state.now);
  screen.frames(3);
  CHECK(screen.holds("Connect to a model first"));
  CHECK(screen.holds("On first use it loads its weights from this site, up to 17.4 MB."));
  screen.press("button", "Use this machine alone");
  CHECK(screen.state.captioning.form.model == "local/mobilenet-coco");
  CHECK_FALSE(screen.holds("Connect to a model first"));
  CHECK_FALSE(screen.holds("so nothing is sent"));
  screen.press("button", "Generate 2 captions");
  CHECK(screen.state.captioning.runs.size() == 1);
}

TEST_CASE("a site without weights says why there is no captioner, in the settings too") {
  for (const Room room : {Room::Caption, Room::Settings}) {
    Screen screen(1280, 900, false, room);
    update(screen.state, NetworksKnown{{{"labels", NetworkFile::State::Missing, 0, 0, ""}}},
           screen.state.now);
    screen.frames(3);
    CHECK(screen.holds("It is not part of this site"));
    CHECK(screen.find("button", "Use this machine alone") == nullptr);
    CHECK(screen.find("button", "Forget") == nullptr);
  }
}

TEST_CASE("what a caption was made of stands under it, with how sure that was") {
  Screen screen(1280, 900, true);
  update(screen.state,
         RunCommand{"caption.set", R"({"item":"item00000","set":"seen","text":"tabby 62 %; brown"})"},
         screen.state.now);
  screen.state.session.selection.focus = "item00000";
  screen.frames(3);
  CHECK(screen.holds("Seen on this machine"));
  CHECK(screen.holds("tabby 62 %; brown."));
}

TEST_CASE("the panel says exactly how many pictures a scope and a rule leave, and why not the others") {
  Screen screen(1280, 900, true);
  screen.state.session.selection.focus = "item00000";
  update(screen.state, RunCommand{"dataset.context", R"({"context":"Red vase"})"}, screen.state.now);
  screen.frames(3);
  CHECK(screen.find("button", "Generate 2 captions") != nullptr);  // every third of six has none
  CHECK(screen.holds("4 have a caption"));
  screen.press("radio", "This");
  CHECK(screen.state.captioning.form.scope == "this");
  CHECK(screen.find("button", "Generate 1 caption") != nullptr);
  screen.press("button", "More settings");
  screen.press("radio", "Everything");
  CHECK(screen.find("switch", "Overwrite words that people wrote") != nullptr);
}

TEST_CASE("models are chosen from a list that warns of the ones that retire") {
  Screen screen(1280, 900, true);
  screen.press("combobox", "Model");
  const ui::Node& option = screen.node("option", "GPT-4o");
  CHECK(option.description == "Retires on 2027-01-14; then openai/gpt-6-luna");
  screen.press("option", "GPT-4o");
  CHECK(screen.state.captioning.form.model == "openai/gpt-4o");
  CHECK(screen.find("option", "GPT-4o") == nullptr);
}

TEST_CASE("a run shows its numbers and what waits, and can be paused and stopped") {
  Screen screen(1280, 900, true);
  update(screen.state, RunCommand{"dataset.context", R"({"context":"Red vase"})"}, screen.state.now);
  update(screen.state, RunCommand{"caption.generate"}, screen.state.now);
  screen.frames(3);
  REQUIRE(screen.state.captioning.runs.size() == 1);
  CHECK(screen.holds("Caption 2 pictures"));
  CHECK(screen.holds("0 done, 2 left"));
  screen.press("button", "Pause");
  CHECK(screen.state.captioning.runs[0].pacer.paused());
  CHECK(screen.find("button", "Go on") != nullptr);
  screen.press("button", "Stop");
  CHECK(screen.state.captioning.runs.empty());
}

TEST_CASE("a failed picture has its sentence and a way to try again") {
  Screen screen(1280, 900, true);
  screen.state.captioning.failed["item00000"] = {caption::Failure::Busy, "The provider is busy."};
  screen.frames(2);
  CHECK(screen.holds("1 picture failed"));
  CHECK(screen.holds("item00000.jpg: The provider is busy."));
  CHECK(screen.find("button", "Retry all 1") != nullptr);
}

TEST_CASE("what the checks find is told under the caption, and can be fixed") {
  Screen screen(1280, 900, true);
  update(screen.state, RunCommand{"dataset.context", R"({"context":"Red vase"})"}, screen.state.now);
  update(screen.state,
         RunCommand{"caption.set", R"({"item":"item00000","text":"A photo of something else."})"},
         screen.state.now);
  screen.state.session.selection.focus = "item00000";
  screen.frames(3);
  CHECK(std::any_of(screen.out.nodes.begin(), screen.out.nodes.end(),
                    [](const ui::Node& n) { return n.role == "listitem" && n.value == "broken"; }));
  screen.press("button", "Fix");
  CHECK(caption_text(*screen.state.document().find("item00000")).starts_with("Red vase"));
}

TEST_CASE("two answers are laid side by side with the words that differ") {
  Screen screen(1280, 900, true);
  Comparison comparison;
  comparison.item = "item00000";
  comparison.models = {"a/one", "b/two"};
  comparison.texts = {"A vase with red flowers", "A vase with green flowers"};
  screen.state.captioning.comparison = comparison;
  screen.state.session.dialog = Dialog::Compare;
  screen.frames(3);
  CHECK(screen.find("button", "red") != nullptr);
  screen.press("button", "green");
  screen.press("button", "Keep the merged caption");
  CHECK(caption_text(*screen.state.document().find("item00000")) == "A vase with green flowers");
}

TEST_CASE("a preset is edited, its limits are typed, and it is kept") {
  Screen screen(1280, 900, true);
  screen.press("button", "Edit…");
  CHECK(screen.find("textbox", "Prompt") != nullptr);
  update(screen.state, FieldChanged{"preset-name", "", "Vases"}, screen.state.now);
  update(screen.state, FieldChanged{"rule.max_words", "", "30"}, screen.state.now);
  screen.frames(2);
  screen.press("button", "Save the preset");
  REQUIRE(screen.state.captioning.presets.size() == 1);
  CHECK(screen.state.captioning.presets[0].name == "Vases");
  CHECK(screen.state.captioning.presets[0].checks.max_words == 30);
}

TEST_CASE("the ledger lists the latest first, with totals, and the switch stands in the top bar") {
  Screen screen(1280, 900, true, Room::Ledger);
  CHECK(screen.holds("Nothing. Every request will have a row here"));
  LedgerRow row;
  row.time = 1'700'000'000'000;
  row.note = {"A picture to caption", "item00001", "Access code at this site", "gemini/x"};
  row.bytes = 120'000;
  row.copy = SentCopy{1024, 768, 90'000, "h"};
  screen.state.captioning.ledger = {row};
  screen.frames(2);
  CHECK(screen.holds("1 request, 120 KB, 1 copy of a picture"));
  CHECK(screen.node("listitem", "A picture to caption: item00001.jpg").description.find("1024×768") !=
        std::string::npos);
  screen.press("switch", "Local only");
  CHECK(screen.state.captioning.local_only);
  CHECK(screen.node("switch", "Local only").checked == 1);
}

TEST_CASE("everything of captioning is drawn and named at every size, dark and light") {
  for (const auto& [w, h] :
       {std::pair(640.0F, 480.0F), {360.0F, 740.0F}, {1280.0F, 800.0F}, {3840.0F, 2160.0F}}) {
    for (const Theme theme : {Theme::Dark, Theme::Light}) {
      for (const Room room : {Room::Caption, Room::Settings, Room::Ledger, Room::Export}) {
        Screen screen(w, h, true, room);
        screen.state.session.theme = theme;
        screen.views.lint = true;
        screen.views.generate_details = true;
        screen.state.captioning.failed["item00002"] = {caption::Failure::Busy, "The provider is busy."};
        screen.state.captioning.suggestions["item00000"] = {"A vase", "a/b", kMainSet, 0};
        update(
            screen.state,
            RunCommand{"description.set", R"({"item":"item00000","text":"{\"scene_summary\":\"A vase.\"}"})"},
            screen.state.now);
        screen.frames(4);
        CAPTURE(w);
        CAPTURE(static_cast<int>(room));
        CHECK(screen.views.unnamed.empty());
        CHECK(!screen.out.nodes.empty());
      }
    }
  }
}
