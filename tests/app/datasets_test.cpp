#include "tests/app/fake_storage.hpp"
#include "wasm/app/commands.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

FakeStorage with_pictures() {
  FakeStorage storage;
  storage.start();
  storage.drop({"a.jpg", "b.jpg"});
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "first"}});
  return storage;
}

nlohmann::json state_of(const FakeStorage& storage) {
  return nlohmann::json::parse(describe_state(storage.app.state));
}

}  // namespace

TEST_CASE("what comes while the dataset is being opened waits, and is then obeyed in order") {
  FakeStorage storage = with_pictures();
  storage.app = FakeRunner{};
  storage.answers = false;
  storage.start();
  CHECK(state_of(storage)["storage"]["opening"] == true);
  storage.drop({"c.jpg"});
  storage.send(RunCommand{"caption.set", R"({"item":"h:b.jpg","text":"second"})", 5});
  storage.send(FieldEntered{"caption", "h:b.jpg"});
  CHECK(storage.app.state.session.draft.field.empty());
  storage.go_on();
  CHECK(storage.document().items.size() == 2);
  CHECK(caption_text(storage.app.item("b.jpg")) == "second");
  REQUIRE(storage.app.state.import);
  storage.send(PicturesInspected{storage.app.state.import->job,
                                 {storage.app.seen({storage.app.next_source - 3, "c.jpg", 1, 0})}});
}

TEST_CASE("what was made before storage could be asked goes into the dataset") {
  FakeStorage storage;
  storage.drop({"early.jpg"});
  storage.run("caption.set", {{"item", "h:early.jpg"}, {"text", "kept"}});
  storage.start();
  CHECK(caption_text(storage.app.item("early.jpg")) == "kept");
  CHECK(storage.catalogue().bytes.count("h:early.jpg") == 1);
  storage.reload();
  CHECK(caption_text(storage.app.item("early.jpg")) == "kept");
}

TEST_CASE("datasets are created, listed, opened, renamed, deleted and brought back") {
  FakeStorage storage = with_pictures();
  const std::string first = storage.open_id;
  const auto made = storage.run("datasets.create", {{"name", "Second"}});
  CHECK(made["name"] == "Second");
  CHECK(storage.document().items.empty());
  CHECK_FALSE(storage.app.state.history.can_undo());
  CHECK(storage.run("datasets.list").size() == 2);
  storage.run("datasets.rename", {{"id", first}, {"name", "Renamed"}});
  CHECK(storage.disk.at(first).document.name == "Renamed");
  CHECK(storage.run("datasets.open", {{"id", first}})["items"] == 2);
  CHECK(caption_text(storage.app.item("a.jpg")) == "first");
  storage.run("datasets.rename", {{"name", "Again"}});
  CHECK(storage.document().name == "Again");
  CHECK(storage.catalogue().document.name == "Again");
  storage.run("datasets.delete");
  CHECK(storage.disk.at(first).trashed);
  CHECK(storage.open_id != first);
  CHECK(storage.app.state.session.toasts.back().action == "datasets.restore");
  storage.run("datasets.restore");
  CHECK_FALSE(storage.disk.at(first).trashed);
}

TEST_CASE("another dataset opens only when this one is durable") {
  FakeStorage storage = with_pictures();
  const std::string first = storage.open_id;
  storage.answers = false;
  storage.send(RunCommand{"caption.set", R"({"item":"h:b.jpg","text":"late"})"});
  storage.send(RunCommand{"datasets.create", R"({"name":"Next"})"});
  CHECK_FALSE(storage.was_asked("CreateDataset"));
  storage.go_on();
  CHECK(storage.document().name == "Next");
  CHECK(caption_text(*storage.disk.at(first).document.find("h:b.jpg")) == "late");

  storage.fails = "full";
  storage.run("dataset.context", {{"context", "x"}});
  CHECK(storage.run("datasets.open", {{"id", first}})["error"] ==
        "Not everything in this dataset could be saved yet.");
  CHECK(storage.document().name == "Next");
}

TEST_CASE("a dataset that cannot be opened leaves the one that was open") {
  FakeStorage storage = with_pictures();
  CHECK(storage.run("datasets.open", {{"id", "nowhere"}})["error"] == "It is gone.");
  CHECK(caption_text(storage.app.item("a.jpg")) == "first");
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "still works"}});
  CHECK(caption_text(*storage.catalogue().document.find("h:a.jpg")) == "still works");
}

TEST_CASE("a storage side that never answers does not keep the app from working") {
  FakeStorage storage;
  storage.answers = false;
  storage.start();
  storage.drop({"a.jpg"});
  CHECK(storage.document().items.empty());
  REQUIRE(next_wake(storage.app.state));
  storage.app.now = *next_wake(storage.app.state);
  storage.send(Tick{});
  REQUIRE(storage.app.state.import);
  CHECK(state_of(storage)["storage"]["mode"] == "memory");
}

TEST_CASE("a dataset that another tab writes to can be looked at, and taken over") {
  FakeStorage storage = with_pictures();
  storage.mode = StorageMode::ReadOnly;
  storage.reload();
  CHECK(storage.document().items.size() == 2);
  const std::string refused = "This dataset is open in another tab; here it can only be looked at.";
  CHECK(storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "no"}})["error"] == refused);
  CHECK(storage.run("undo")["error"] == refused);
  storage.send(RunCommand{"caption.affix", R"({"prefix":"no"})"});
  CHECK(storage.app.state.session.toasts.back().action == "storage.take-over");
  storage.send(FieldEntered{"caption", "h:a.jpg"});
  CHECK(storage.app.state.session.draft.field.empty());
  storage.send(FilesArrived{{{99, "c.jpg", 1, 0}}});
  CHECK_FALSE(storage.app.state.import);
  CHECK(storage.app.state.storage.issued == 0);
  storage.run("storage.take-over");
  CHECK(state_of(storage)["storage"]["read_only"] == false);
  storage.run("caption.set", {{"item", "h:a.jpg"}, {"text", "mine now"}});
  CHECK(caption_text(*storage.catalogue().document.find("h:a.jpg")) == "mine now");
}

TEST_CASE("what was on its way when another tab took over is not lost") {
  FakeStorage storage = with_pictures();
  storage.answers = false;
  storage.send(RunCommand{"caption.set", R"({"item":"h:b.jpg","text":"on its way"})"});
  storage.asked.clear();
  storage.answers = true;
  storage.send(StorageState{StorageMode::ReadOnly, storage.open_id, "Another tab took it over.", ""});
  storage.send(CommitFailed{storage.app.state.storage.issued, "read_only", {ErrorCode::Refused, "No.", ""}});
  CHECK(caption_text(storage.app.item("b.jpg")) == "on its way");
  storage.disk.at(storage.open_id).document.name = "Changed by the other tab";
  storage.run("storage.take-over");
  CHECK(storage.document().name == "Changed by the other tab");
  CHECK(caption_text(storage.app.item("b.jpg")) == "on its way");
  CHECK(caption_text(*storage.catalogue().document.find("h:b.jpg")) == "on its way");
  CHECK(state_of(storage)["saved"] == true);
}

TEST_CASE("words being typed when another tab takes over stay in their field") {
  FakeStorage storage = with_pictures();
  storage.send(FieldEntered{"caption", "h:b.jpg"});
  storage.send(FieldChanged{"caption", "h:b.jpg", "half a"});
  storage.send(StorageState{StorageMode::ReadOnly, storage.open_id, "Another tab took it over.", ""});
  storage.wait(5000);
  CHECK(storage.app.state.session.draft.text == "half a");
  CHECK(storage.app.state.guarding);
  CHECK(next_wake(storage.app.state).value_or(storage.app.now + 1) > storage.app.now);
}

TEST_CASE("a catalogue that is recovered on the way keeps the commits that follow it") {
  FakeStorage storage = with_pictures();
  storage.answers = false;
  storage.send(RunCommand{"caption.set", R"({"item":"h:b.jpg","text":"in flight"})"});
  DatasetOpened recovered;
  recovered.document = storage.catalogue().document;
  recovered.document.id = storage.open_id;
  recovered.moments = storage.catalogue().moments;
  recovered.cursor = storage.catalogue().cursor;
  storage.send(recovered);
  CHECK(caption_text(storage.app.item("b.jpg")) == "in flight");
  storage.go_on();
  CHECK(state_of(storage)["saved"] == true);
  CHECK(same_content(storage.catalogue().document, storage.document()));
  storage.reload();
  storage.send(RunCommand{"undo"});
  CHECK(caption_text(storage.app.item("b.jpg")) == "");
}

TEST_CASE("a project file that is dropped opens; with others beside it, it is a row with a reason") {
  FakeStorage storage = with_pictures();
  storage.answers = false;
  storage.send(FilesArrived{{{50, "shared.vignette", 9, 0}}, true, 8});
  const Json open = Json::parse(storage.asked.back());
  CHECK(text_at(open, "kind") == "OpenProject");
  CHECK(integer_at(open, "source") == 50);
  CHECK(integer_at(open, "request") == 8);

  FakeStorage other = with_pictures();
  other.send(FilesArrived{{{50, "shared.vignette", 9, 0}, {51, "c.jpg", 9, 0}}});
  REQUIRE(other.app.state.import);
  CHECK(other.app.state.find_job(other.app.state.import->job)->rejected[0].error.message ==
        "This is a whole dataset.");
}

TEST_CASE("interrupted jobs ask, and go on or are forgotten when the person says so") {
  FakeStorage storage = with_pictures();
  storage.run("caption.set", {{"item", "h:b.jpg"}, {"text", "second"}});
  storage.send(RunCommand{"export"});
  REQUIRE(storage.catalogue().jobs.size() == 1);
  storage.send(FilesArrived{{{90, "c.jpg", 1, 0}, {91, "d.jpg", 1, 0}}});
  CHECK(storage.catalogue().jobs.size() == 2);
  storage.reload();
  const auto waiting = state_of(storage)["storage"]["interrupted"];
  REQUIRE(waiting.size() == 2);
  for (const auto& job : waiting) {
    storage.seen.clear();
    storage.run("jobs.continue", {{"id", job["id"]}});
    CHECK(storage.was_asked(job["kind"] == "import" ? "PickFiles" : "BuildArchive"));
  }
  CHECK(state_of(storage)["storage"]["interrupted"].empty());
  CHECK(storage.catalogue().jobs.size() == 1);  // the export that runs again
  storage.reload();
  storage.run("jobs.discard");
  CHECK(storage.catalogue().jobs.empty());
}

TEST_CASE("pictures whose files are gone are told, cannot be exported, and heal when they are added again") {
  FakeStorage storage = with_pictures();
  storage.run("caption.set", {{"item", "h:b.jpg"}, {"text", "second"}});
  storage.send(FilesMissing{{"h:b.jpg"}});
  CHECK(storage.run("export")["error"] == "The files of 1 picture cannot be read.");
  CHECK(storage.run("items.select-missing")["selected"] == 1);
  const auto issued = storage.app.state.storage.issued;
  storage.drop({"b.jpg"});
  CHECK(storage.app.state.storage.missing.empty());
  CHECK(storage.app.state.storage.issued == issued + 1);
  CHECK(storage.run("export").contains("pending"));
}
