#include "tests/app/fake_models.hpp"
#include "wasm/app/captioning_parts.hpp"
#include "wasm/app/wire.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

using Stage = NetworkFile::State;

NetworksKnown both(Stage state, std::uint64_t loaded = 0) {
  return {{{"labels", state, 8'459'558, loaded, ""}, {"objects", state, 8'976'094, 0, ""}}};
}

/// Pictures, a context, and no provider at all.
FakeModels alone(int pictures) {
  FakeModels app;
  std::vector<std::string> paths;
  for (int i = 0; i < pictures; ++i) paths.push_back("p" + std::to_string(1000 + i) + ".jpg");
  app.drop(paths);
  app.ask("dataset.context", {{"context", "Old town"}});
  app.tell(both(Stage::Away));
  return app;
}

const Connection& here(const FakeModels& app) { return *app.state.captioning.find(kOnThisMachine); }

}  // namespace

TEST_CASE("the captioner on this machine is there from the start, with its models and their sizes") {
  const FakeModels app = alone(0);
  REQUIRE(here(app).models.size() == 2);
  CHECK(here(app).models[0].id == "local/mobilenet");
  CHECK(here(app).models[0].name.find("8.5 MB") != std::string::npos);
  CHECK(here(app).models[1].id == "local/mobilenet-coco");
  CHECK(here(app).models[1].name.find("17.4 MB") != std::string::npos);
  CHECK(here(app).verdict.find("Nothing is sent.") == 0);
  CHECK(here(app).verdict.find("up to 17.4 MB") != std::string::npos);
}

TEST_CASE("with “Local only” on and no provider, every picture gets a caption that passes the checks") {
  FakeModels app = alone(12);
  app.ask("local-only", {{"on", true}}, 1);
  app.ask("caption.generate", {{"model", "local/mobilenet"}, {"category", "scene"}}, 7);
  const auto answer = app.finish(7);
  CHECK(answer["done"] == 12);
  CHECK(answer["failed"] == 0);
  CHECK(app.looked.size() == 12);
  CHECK(app.sent.empty());
  CHECK(app.state.captioning.ledger.empty());
  const Item& item = app.item("p1003.jpg");
  CHECK(caption_text(item) ==
        "Old town showing a tabby, in brown, of medium brightness with moderate contrast, brighter on "
        "the left, in a wide frame");
  CHECK(item.captions.at("main").author.model == "local/mobilenet");
  CHECK(caption_text(item, kSeenSet) == "tabby 62 %; brown");
  app.ask("caption.check", {{"item", item.id}, {"category", "scene"}}, 8);
  for (const auto& verdict : app.answer(8)) CHECK(verdict["state"] == "kept");
}

TEST_CASE("what was seen is told to scripts, is no caption, and goes with undo") {
  FakeModels app = alone(1);
  app.ask("caption.generate", {{"model", "local/mobilenet"}}, 7);
  app.finish(7);
  const auto item = nlohmann::json::parse(describe_state(app.state))["items"][0];
  CHECK(item["seen"] == "tabby 62 %; brown");
  CHECK(item["captions"].size() == 1);
  app.ask("undo");
  CHECK(nlohmann::json::parse(describe_state(app.state))["items"][0]["seen"] == "");
}

TEST_CASE("things are only looked for by the model that has them, and what is blacked out is told") {
  FakeModels app = alone(2);
  app.ask("item.blackout", {{"item", "h:p1000.jpg"}, {"boxes", {{0.25, 0.5, 0.25, 0.125}}}});
  app.ask("caption.generate", {{"model", "local/mobilenet"}}, 7);
  app.finish(7);
  CHECK_FALSE(app.looked[0].objects);
  REQUIRE(app.looked[0].boxes.size() == 1);
  CHECK(app.looked[0].boxes[0][1] == 0.5);
  app.ask("caption.generate", {{"model", "local/mobilenet-coco"}, {"policy", "model"}}, 8);
  app.finish(8);
  CHECK(app.looked[2].objects);
  CHECK(app.item("p1000.jpg").captions.at("main").author.model == "local/mobilenet-coco");
}

TEST_CASE("“only empty”, words of people and undo are as with any provider") {
  FakeModels app = alone(5);
  app.ask("caption.set", {{"item", "h:p1002.jpg"}, {"text", "mine"}}, 1);
  app.ask("caption.generate", {{"model", "local/mobilenet"}}, 7);
  const auto answer = app.finish(7);
  CHECK(answer["done"] == 4);
  CHECK(answer["skipped"] == 1);
  CHECK(caption_text(app.item("p1002.jpg")) == "mine");
  CHECK(app.state.history.undo_label() == "Caption 4 pictures");
}

TEST_CASE("a description and tags are made here as well") {
  FakeModels app = alone(1);
  app.ask("describe.generate", {{"model", "local/mobilenet"}}, 7);
  CHECK(app.finish(7)["done"] == 1);
  const auto item = nlohmann::json::parse(describe_state(app.state))["items"][0];
  CHECK(item["description"]["scene_summary"].get<std::string>().find("A tabby") == 0);
  app.ask("caption.generate", {{"model", "local/mobilenet"}, {"preset", "tags"}}, 8);
  CHECK(app.finish(8)["done"] == 1);
  CHECK(caption_text(app.item("p1000.jpg")) ==
        "tabby, brown, medium brightness, moderate contrast, wide format");
}

TEST_CASE("weights that cannot be loaded stop the run with the reason; it goes on when they are there") {
  FakeModels app = alone(3);
  const auto good = app.eyes;
  app.eyes = [](const LookAt&) { return Said{0, "", {}, "no_network", 10}; };
  app.ask("caption.generate", {{"model", "local/mobilenet"}}, 7);
  for (int i = 0; i < 100; ++i) app.step();
  const Run& run = app.state.captioning.runs.at(0);
  CHECK(run.pacer.paused());
  CHECK(run.halted == "The connection broke.");
  app.eyes = good;
  app.ask("caption.resume");
  CHECK(app.finish(7)["done"] == 3);
}

TEST_CASE("a picture that cannot be read fails alone, at once") {
  FakeModels app = alone(3);
  const auto good = app.eyes;
  app.eyes = [&](const LookAt& look) {
    return look.call == app.looked.front().call ? Said{0, "", {}, "invalid_input", 10} : good(look);
  };
  app.ask("caption.generate", {{"model", "local/mobilenet"}}, 7);
  const auto answer = app.finish(7);
  CHECK(answer["done"] == 2);
  CHECK(answer["failed"] == 1);
  CHECK(app.looked.size() == 3);
}

TEST_CASE("an answer that is no JSON is a failure with a sentence, not a caption") {
  FakeModels app = alone(1);
  app.eyes = [](const LookAt&) { return Said{200, "no json", {}, {}, 10}; };
  app.ask("caption.generate", {{"model", "local/mobilenet"}}, 7);
  CHECK(app.finish(7)["failed"] == 1);
  CHECK(app.state.captioning.failed.begin()->second.sentence ==
        "What was seen in this picture cannot be read.");
}

TEST_CASE("cancelling stops what is being looked at") {
  FakeModels app = alone(3);
  app.ask("caption.generate", {{"model", "local/mobilenet"}}, 7);
  app.wait(100);
  app.take();
  REQUIRE_FALSE(app.looked.empty());
  app.ask("caption.cancel");
  CHECK(app.stopped_looking.size() == app.looked.size());
  CHECK(app.cancelled.empty());
}

TEST_CASE("switching “Local only” on does not stop a run that sends nothing") {
  FakeModels app = alone(4);
  app.ask("caption.generate", {{"model", "local/mobilenet"}}, 7);
  app.wait(50);
  app.take();
  app.ask("local-only", {{"on", true}}, 1);
  CHECK(app.finish(7)["done"] == 4);
}

TEST_CASE("it cannot refine words, and says so") {
  FakeModels app = alone(1);
  app.ask("caption.set", {{"item", "h:p1000.jpg"}, {"text", "mine"}}, 1);
  app.ask("caption.refine", {{"model", "local/mobilenet"}, {"instruction", "shorter"}}, 7);
  CHECK(app.answer(7)["error"] == "The captioner on this machine sees pictures, but cannot edit words.");
}

TEST_CASE("a site without the weights says why there is no captioner, and offers no model") {
  FakeModels app = alone(1);
  app.tell(NetworksKnown{{{"labels", Stage::Missing, 0, 0, ""}, {"objects", Stage::Here, 5, 5, ""}}});
  CHECK(here(app).models.empty());
  CHECK(here(app).state == ConnectionState::Bad);
  CHECK(here(app).verdict.find("It is not part of this site") == 0);
  app.ask("caption.generate", {{"model", "local/mobilenet"}, {"category", "scene"}, {"context", "Dunes"}}, 3);
  CHECK(app.answer(3)["error"] == "No connection offers the model “local/mobilenet”.");
}

TEST_CASE("loading, being there and failing are told in a sentence") {
  FakeModels app = alone(0);
  app.tell(NetworksKnown{{{"labels", Stage::Loading, 8'459'558, 4'200'000, ""}}});
  CHECK(here(app).verdict == "Loading its weights, once: 4.2 MB of 8.5 MB.");
  CHECK(here(app).models.size() == 1);
  app.tell(both(Stage::Here));
  CHECK(here(app).verdict.find("loads its weights") == std::string::npos);
  NetworksKnown broken = both(Stage::Here);
  broken.files[0].state = Stage::Broken;
  broken.files[0].problem = "It answers 404.";
  app.tell(broken);
  CHECK(here(app).verdict == "It answers 404.");
  CHECK(app.state.captioning.connections.size() == 1);
}

TEST_CASE("it is not kept with the connections of this device, and cannot be forgotten") {
  FakeModels app = connected(1);
  app.tell(both(Stage::Here));
  app.ask("connections.forget", {{"number", kOnThisMachine}}, 5);
  CHECK(app.answer(5)["error"] == "The captioner on this machine is always there.");
  app.ask("connections.test", {{"number", kOnThisMachine}}, 6);
  CHECK(app.answer(6)["models"].size() == 2);
  Effects effects;
  store_device(app.state, effects);
  const std::string kept = std::get<StoreConnections>(effects.at(0)).json;
  CHECK(kept.find("on_this_machine") == std::string::npos);
  CHECK(nlohmann::json::parse(kept)["connections"].size() == 1);
}

TEST_CASE("an estimate says that it costs nothing") {
  FakeModels app = alone(10);
  app.ask("caption.estimate", {{"model", "local/mobilenet"}}, 7);
  CHECK(app.answer(7)["cost_micro_usd"] == 0);
  CHECK(app.answer(7)["ms"].get<int>() < 3000);
}

TEST_CASE("the two models here can be compared on one picture") {
  FakeModels app = alone(1);
  app.ask("caption.compare",
          {{"item", "h:p1000.jpg"}, {"left", "local/mobilenet"}, {"right", "local/mobilenet-coco"}}, 7);
  CHECK(app.finish(7)["done"] == 2);
  REQUIRE(app.looked.size() == 2);
  CHECK_FALSE(app.looked[0].objects);
  CHECK(app.looked[1].objects);
}

TEST_CASE("the effects and the event cross the border whole") {
  const auto look = nlohmann::json::parse(to_wire(LookAt{7, 3, {{0.5, 0, 0.25, 1}}, true}));
  CHECK(
      look ==
      nlohmann::json{
          {"kind", "LookAt"}, {"call", 7}, {"source", 3}, {"boxes", {{0.5, 0, 0.25, 1}}}, {"objects", true}});
  CHECK(nlohmann::json::parse(to_wire(StopLooking{7})) ==
        nlohmann::json{{"kind", "StopLooking"}, {"call", 7}});
  const auto event = from_wire(
      R"({"kind":"NetworksKnown","files":[{"kind":"labels","state":"loading","bytes":9,"loaded":4,"problem":"no"}]})");
  REQUIRE(event);
  const NetworkFile& file = std::get<NetworksKnown>(*event).files.at(0);
  CHECK(file.kind == "labels");
  CHECK(file.state == Stage::Loading);
  CHECK(file.bytes == 9);
  CHECK(file.loaded == 4);
  CHECK(file.problem == "no");
}
