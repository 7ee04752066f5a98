#include "tests/app/fake_runner.hpp"
#include "wasm/app/commands.hpp"
#include "wasm/app/wire.hpp"

using namespace vignette;
using namespace vignette::testing;

TEST_CASE("what a script does wrong is answered with a sentence that names it") {
  FakeRunner app;
  app.drop({"a.jpg"});
  CHECK(app.run("no.such")["error"] == "There is no command \"no.such\".");
  CHECK(app.run("caption.set", {{"text", "x"}})["error"] == "The argument \"item\" must be a text.");
  CHECK(app.run("caption.set", {{"item", 5}, {"text", "x"}})["error"] ==
        "The argument \"item\" must be a text.");
  CHECK(app.run("caption.set", {{"item", "nope"}, {"text", "x"}})["error"].get<std::string>().find("nope") !=
        std::string::npos);
  CHECK(app.run("caption.affix", {{"prefix", "p"}, {"scope", "some"}})["error"].get<std::string>().find(
            "scope") != std::string::npos);
  CHECK(app.run("items.select", {{"ids", {1, 2}}})["error"] ==
        "The argument \"ids\" must be a list of texts.");
  CHECK(app.run("export", {{"format", "floppy"}})["error"] ==
        "The argument \"format\" must be \"replicate\", \"webdata\" or \"webdataset\".");
  CHECK(caption_text(app.item("a.jpg")).empty());
}

TEST_CASE("the state scripts see has the documented shape") {
  FakeRunner app;
  app.drop({"a.jpg", "a.txt"}, {{"a.txt", "a vase"}});
  app.run("items.select", {{"ids", {"h:a.jpg"}}});
  const auto state = nlohmann::json::parse(describe_state(app.state));
  CHECK(state["dataset"]["name"] == "Untitled");
  REQUIRE(state["items"].size() == 1);
  const auto& item = state["items"][0];
  for (const char* key :
       {"id", "name", "path", "width", "height", "bytes", "captions", "tags", "regions", "flags", "status"}) {
    CAPTURE(key);
    CHECK(item.contains(key));
  }
  CHECK(item["captions"]["main"]["text"] == "a vase");
  CHECK(item["captions"]["main"]["author"] == "import");
  CHECK(item["status"] == "done");
  CHECK(state["selection"] == nlohmann::json{"h:a.jpg"});
  CHECK(state["saved"] == true);
}

TEST_CASE("an export waits for its archive, and a cancelled one answers too") {
  FakeRunner app;
  app.drop({"a.jpg", "a.txt"}, {{"a.txt", "a vase."}});
  CHECK(app.run("export", {{"format", "replicate"}})["pending"] == true);
  const BuildArchive* archive = app.find<BuildArchive>();
  REQUIRE(archive);
  CHECK(archive->request == 77);
  REQUIRE(archive->entries.size() == 2);
  CHECK(archive->entries[0].path == "a.jpg");
  CHECK(archive->entries[0].source.has_value());
  CHECK(archive->entries[1].path == "a.txt");
  CHECK(archive->entries[1].text == "a vase");
  const std::uint32_t job = archive->job;
  app.send(CancelJob{job});
  REQUIRE(app.find<Reply>());
  CHECK(app.find<Reply>()->error->code == ErrorCode::Cancelled);
  CHECK(app.state.jobs.empty());
}

TEST_CASE("an export with missing captions says how many, and obeys the option") {
  FakeRunner app;
  app.drop({"a.jpg", "b.jpg"});
  CHECK(app.run("export")["error"] == "2 pictures have no caption.");
  CHECK(app.run("export", {{"options", {{"missing", "empty"}}}})["pending"] == true);
  CHECK(app.run("export", {{"options", {{"missing", "maybe"}}}}).contains("error"));
}

TEST_CASE("every command of the registry runs, and every effect crosses the wire as JSON") {
  for (const CommandInfo& command : commands()) {
    CAPTURE(command.id);
    FakeRunner app;
    app.drop({"a.jpg", "b.jpg", "a.txt"}, {{"a.txt", "text"}});
    app.run("items.select", {{"ids", {"h:a.jpg"}}});
    app.send(RunCommand{std::string(command.id), "{}", 0});
    for (const Effect& effect : app.effects) {
      const auto json = nlohmann::json::parse(to_wire(effect), nullptr, false);
      CHECK(json.is_object());
      CHECK(json["kind"].is_string());
    }
    if (!is_enabled(app.state, command.id)) continue;
    CHECK_FALSE(app.run(std::string(command.id)).is_discarded());
  }
}

TEST_CASE("events from the web layer read as what they are, nonsense as an error") {
  const auto arrived = from_wire(
      R"({"kind":"FilesArrived","files":[{"source":3,"path":"a.jpg","bytes":5,"modified":7}],"last":false})");
  REQUIRE(arrived);
  const auto& files = std::get<FilesArrived>(*arrived);
  CHECK(files.files[0].source == 3);
  CHECK_FALSE(files.last);
  const auto failed = from_wire(
      R"({"kind":"SourceFailed","job":1,"source":2,"error":{"code":"truncated","message":"m","hint":"h"}})");
  REQUIRE(failed);
  CHECK(std::get<SourceFailed>(*failed).error.code == ErrorCode::Truncated);
  for (const char* bad :
       {"", "[]", "{}", R"({"kind":"Nope"})", R"({"kind":5})", "{\"kind\":\"FilesArrived\",\"files\":5}"}) {
    CAPTURE(bad);
    (void)from_wire(bad);  // must not crash; only an unknown kind is an error
  }
  CHECK_FALSE(from_wire(R"({"kind":"Nope"})").has_value());
}

TEST_CASE("the palette finds commands by the words typed, beginnings first") {
  FakeRunner app;
  app.drop({"a.jpg"});
  const auto rows = palette_rows(app.state, "exp");
  REQUIRE_FALSE(rows.empty());
  CHECK(rows.front()->id == "export");
  CHECK(palette_rows(app.state, "zzz").empty());
  CHECK(palette_rows(app.state, "next caption").front()->id.find("uncaptioned") != std::string_view::npos);
}

TEST_CASE("undo and redo answer with the label of the step") {
  FakeRunner app;
  app.drop({"a.jpg"});
  app.run("caption.set", {{"item", "h:a.jpg"}, {"text", "x"}});
  CHECK(app.run("undo")["label"] == "Edit caption of a.jpg");
  CHECK(app.run("redo")["label"] == "Edit caption of a.jpg");
  CHECK(app.run("redo").contains("error"));
}
