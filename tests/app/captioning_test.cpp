#include <chrono>

#include "shared/base/utf8.hpp"
#include "tests/app/fake_models.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

const char* kGood = "Brick studio with tall windows, long oak tables and soft northern light";

int captioned(const FakeModels& app) {
  int n = 0;
  for (const auto& item : app.state.document().items) n += is_captioned(*item) ? 1 : 0;
  return n;
}

std::string waiting_text(const FakeModels& app) {
  return nlohmann::json::parse(describe_state(app.state))["captioning"]["runs"][0]["waiting"];
}

}  // namespace

TEST_CASE("connecting with a code opens a session, lists the models and says what is left") {
  FakeModels app;
  app.ask("connect", {{"code", "class-code"}}, 5);
  const auto answer = app.finish(5);
  CHECK(answer["models"].size() == 3);
  CHECK(answer["verdict"] == "It works: 2 models see pictures.");
  while (app.step()) {
  }
  const Connection& connection = app.state.captioning.connections.at(0);
  CHECK(connection.left == "480 of 500 requests left");
  CHECK(app.state.captioning.form.model == "gemini/gemini-3.5-flash-lite");
  CHECK(describe_state(app.state).find("class-code") == std::string::npos);
}

TEST_CASE("CA1: an empty caption is the default policy, and every picture is asked about once") {
  FakeModels app = connected(40);
  app.ask("caption.set", {{"item", "h:p1003.jpg"}, {"text", "mine"}}, 1);
  app.ask("caption.generate", {{"scope", "all"}, {"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  const auto answer = app.finish(7);
  CHECK(answer["done"] == 39);
  CHECK(answer["failed"] == 0);
  CHECK(answer["skipped"] == 1);
  CHECK(app.sent.size() == 39);
  CHECK(captioned(app) == 40);
  CHECK(caption_text(app.item("p1003.jpg")) == "mine");
  const Author& author = app.item("p1000.jpg").captions.at("main").author;
  CHECK(author.kind == AuthorKind::Model);
  CHECK(author.model == "gemini/gemini-3.5-flash-lite");
  CHECK(app.state.history.undo_label() == "Caption 39 pictures");
  app.ask("undo");
  CHECK(captioned(app) == 1);
}

TEST_CASE("CA1: words people wrote stay when all is generated again; the tick alone gives them up") {
  FakeModels app = connected(6);
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  app.finish(7);
  for (const char* item : {"h:p1000.jpg", "h:p1001.jpg", "h:p1002.jpg"})
    app.ask("caption.set", {{"item", item}, {"text", "by hand"}}, 1);
  app.model = [](const Fetch&) { return Said{200, "Brick studio again, seen anew", {}, {}, 50}; };
  app.ask("caption.generate", {{"policy", "model"}, {"model", "gemini/gemini-3.5-flash-lite"}}, 8);
  CHECK(app.finish(8)["done"] == 3);
  app.ask("caption.generate",
          {{"policy", "everything"}, {"also_people", false}, {"model", "gemini/gemini-3.5-flash-lite"}}, 9);
  CHECK(app.finish(9)["done"] == 3);
  CHECK(caption_text(app.item("p1001.jpg")) == "by hand");
  CHECK(caption_text(app.item("p1004.jpg")) == "Brick studio again, seen anew");
  app.ask("caption.generate", {{"policy", "everything"}, {"model", "gemini/gemini-3.5-flash-lite"}}, 10);
  CHECK(app.finish(10)["done"] == 6);
  CHECK(caption_text(app.item("p1001.jpg")) == "Brick studio again, seen anew");
}

TEST_CASE("CA1: a caption that is edited or typed while its answer is on the way becomes a suggestion") {
  FakeModels app = connected(2);
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  app.wait(100);
  app.take();
  CHECK(app.sent.size() == 2);
  app.ask("caption.set", {{"item", "h:p1000.jpg"}, {"text", "quicker"}}, 1);
  app.tell(FieldEntered{"caption", "h:p1001.jpg"});
  app.tell(FieldChanged{"caption", "h:p1001.jpg", "still typ"});
  app.finish(7);
  CHECK(caption_text(app.item("p1000.jpg")) == "quicker");
  CHECK(app.state.captioning.suggestions.size() == 2);
  while (app.step()) {
  }
  CHECK(caption_text(app.item("p1001.jpg")) == "still typ");
  app.ask("suggestions.accept", {{"items", {"h:p1000.jpg"}}});
  CHECK(caption_text(app.item("p1000.jpg")) == kGood);
  CHECK(app.state.captioning.suggestions.size() == 1);
}

TEST_CASE("CA4: a refused check is repaired by one call that names the fault; wrong again has failed") {
  FakeModels app = connected(2);
  nlohmann::json preset = {{"name", "Strict"},
                           {"prompt", "Caption it."},
                           {"checks", {{"min_words", {{"react", "repair"}, {"limit", 6}}}}}};
  app.ask("presets.save", {{"preset", preset}}, 3);
  const std::string id = app.answer(3)["id"];
  std::map<ItemId, int> tries;
  std::string second;
  app.model = [&](const Fetch& fetch) {
    const bool again = ++tries[fetch.ledger.item] == 2;
    if (again && fetch.ledger.item == "h:p1000.jpg") {
      for (const BodyPart& part : fetch.body) second += part.text;
      return Said{200, "A long table under a row of lamps", {}, {}, 50};
    }
    return Said{200, "A table", {}, {}, 50};
  };
  app.ask("caption.generate", {{"preset", id}, {"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  const auto answer = app.finish(7);
  CHECK(answer["done"] == 1);
  CHECK(answer["failed"] == 1);
  CHECK(tries["h:p1000.jpg"] == 2);
  CHECK(tries["h:p1001.jpg"] == 2);
  CHECK(second.find("A table") != std::string::npos);
  CHECK(caption_text(app.item("p1001.jpg")).empty());
  const FailedItem& failed = app.state.captioning.failed.at("h:p1001.jpg");
  CHECK(failed.why == caption::Failure::InvalidAnswer);
  CHECK(failed.sentence.find("words") != std::string::npos);

  app.model = [&](const Fetch&) { return Said{200, "A chair beside a wide green door", {}, {}, 50}; };
  app.ask("caption.retry", nlohmann::json::object(), 8);
  CHECK(app.finish(8)["done"] == 1);
  CHECK(app.state.captioning.failed.empty());
}

TEST_CASE("CA7: a storm of 429 is survived, and nothing is sent before Retry-After has passed") {
  FakeModels app = connected(40);
  TimeMs closed_until = 0;
  int n = 0;
  int too_early = 0;
  app.model = [&](const Fetch&) {
    if (app.now < closed_until) ++too_early;
    ++n;
    if (n % 10 == 3) return Said{0, "", {}, "network", 30};
    if (n % 10 < 3) {
      closed_until = std::max(closed_until, app.now + 20 + 2000);
      return too_many(2);
    }
    return Said{200, kGood, {}, {}, 60};
  };
  // The refusal arrives 20 ms after it was sent; calls that left in those 20 ms could not know.
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}, {"concurrency", 1}}, 7);
  const auto answer = app.finish(7);
  CHECK(answer["done"] == 40);
  CHECK(answer["failed"] == 0);
  CHECK(too_early == 0);
  CHECK(captioned(app) == 40);
}

TEST_CASE("a wait that one run was told holds for every run there") {
  FakeModels app = connected(2);
  app.model = [&](const Fetch&) {
    return app.sent.size() == 1 ? too_many(30) : Said{200, kGood, {}, {}, 50};
  };
  app.ask("caption.generate", {{"scope", {"h:p1000.jpg"}}, {"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  app.step();
  const TimeMs told = app.now;
  CHECK(app.state.captioning.runs.size() == 1);
  app.ask("caption.generate", {{"scope", {"h:p1001.jpg"}}, {"model", "gemini/gemini-3.5-flash-lite"}}, 8);
  CHECK(app.sent.size() == 1);
  const std::string waits = waiting_text(app);
  CHECK(waits.find("rate limit") != std::string::npos);
  CHECK(app.finish(8)["done"] == 1);
  CHECK(app.finish(7)["done"] == 1);
  CHECK(app.sent_at.at(1) >= told + 30'000);
}

TEST_CASE("a wrong key pauses at once, says so, and costs nobody else a try") {
  FakeModels app = connected(5);
  app.model = [&](const Fetch&) {
    return Said{401, R"({"error":{"message":"unknown code","code":"invalid_api_key"}})", {}, {}, 20};
  };
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}, {"concurrency", 1}}, 7);
  while (app.step()) {
  }
  CHECK(app.sent.size() == 1);
  REQUIRE(app.state.captioning.runs.size() == 1);
  CHECK(app.state.captioning.runs[0].halted.find("not accepted") != std::string::npos);
  app.model = [&](const Fetch&) { return Said{200, kGood, {}, {}, 50}; };
  app.ask("caption.resume");
  CHECK(app.finish(7)["done"] == 4);
}

TEST_CASE("pause lets running calls finish and starts none; cancel ends them") {
  FakeModels app = connected(10);
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  app.wait(100);
  app.take();
  CHECK(app.sent.size() == 2);
  app.ask("caption.pause");
  while (app.step()) {
  }
  CHECK(app.sent.size() == 2);
  CHECK(captioned(app) == 2);
  app.ask("caption.resume");
  app.wait(100);
  app.take();
  app.ask("caption.cancel");
  const auto answer = app.answer(7);
  CHECK(answer["done"] == 2);
  CHECK(answer["cancelled"] == 8);
  CHECK(app.cancelled.size() == app.sent.size() - 2);
  CHECK(app.sent.size() > 2);
  CHECK(app.state.captioning.runs.empty());
  CHECK(app.state.captioning.busy.empty());
}

TEST_CASE("a reload in the middle: the rest goes on, and nothing is captioned twice") {
  FakeModels app = connected(12);
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  while (captioned(app) < 5 && app.step()) {
  }
  REQUIRE(!app.stored.empty());
  const StoredJob stored = app.stored.front().job;
  const std::vector<Fetch> before = app.sent;
  std::map<ItemId, std::string> had;
  for (const auto& item : app.state.document().items) {
    if (is_captioned(*item)) had[item->id] = caption_text(*item);
  }

  FakeModels later;  // the page after the reload: the dataset, the stored job, and a remembered code
  later.now = app.now + 60'000;
  later.state.history = History(app.state.document());
  later.state.sources = app.state.sources;
  later.state.storage.interrupted = {stored};
  later.connect();
  REQUIRE(later.state.captioning.runs.size() == 1);
  CHECK(later.state.captioning.runs[0].pacer.paused());
  CHECK(later.sent.empty());
  later.model = [](const Fetch&) { return Said{200, "Brick studio on the second visit", {}, {}, 50}; };
  later.ask("caption.resume");
  while (later.step()) {
  }
  CHECK(captioned(later) == 12);
  CHECK(later.sent.size() == 12 - had.size());
  for (const auto& [item, text] : had) {
    CHECK(later.calls_about(item) == 0);
    CHECK(caption_text(*later.state.document().find(item)) == text);
  }
  CHECK(later.forgotten == std::vector<std::string>{stored.id});
}

TEST_CASE("local only: nothing is sent, what runs is paused, and nothing begins") {
  FakeModels app = connected(6);
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  app.ask("local-only", {{"on", true}}, 8);
  const std::size_t so_far = app.sent.size();
  while (app.step()) {
  }
  CHECK(app.sent.size() == so_far);
  CHECK(app.state.captioning.runs[0].pacer.paused());
  app.ask("caption.resume");
  while (app.step()) {
  }
  CHECK(app.sent.size() == so_far);
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}}, 9);
  CHECK(app.answer(9)["error"].get<std::string>().find("Local only") != std::string::npos);
  app.ask("local-only", {{"on", false}}, 10);
  app.ask("caption.resume");
  CHECK(app.finish(7)["done"] == 6);
}

TEST_CASE("the picture in a request is a copy to be put in, reduced, and the ledger has a row for each") {
  FakeModels app = connected(2);
  app.ask("item.blackout", {{"item", "h:p1000.jpg"}, {"boxes", {{0.1, 0.2, 0.3, 0.4}}}}, 2);
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}, {"side", 800}}, 7);
  app.finish(7);
  const Fetch& fetch = app.sent.at(0);
  CHECK(fetch.url == "/v1/chat/completions");
  CHECK(fetch.auth.prefix == "Bearer ");
  int copies = 0;
  std::string text;
  for (const BodyPart& part : fetch.body) {
    text += part.text;
    if (!part.copy) continue;
    ++copies;
    CHECK(part.copy->base64);
    CHECK(part.copy->side == 800);
    CHECK(part.copy->item == "h:p1000.jpg");
    CHECK(part.copy->boxes.size() == 1);
    text += "AAAA";
  }
  CHECK(copies == 1);
  CHECK(nlohmann::json::accept(text));
  CHECK(text.find("data:image/jpeg;base64,AAAA") != std::string::npos);
  app.ask("ledger", nlohmann::json::object(), 8);
  const auto ledger = app.answer(8);
  std::size_t pictures = 0;
  for (const auto& row : ledger) pictures += row["item"].get<std::string>().empty() ? 0 : 1;
  CHECK(pictures == app.sent.size());
  CHECK(ledger.back()["input_tokens"] == 900);
}

TEST_CASE("a category of its own gives a picture the preset of that category") {
  FakeModels app = connected(2);
  app.ask("item.category", {{"items", {"h:p1001.jpg"}}, {"category", "vehicle"}}, 2);
  app.ask("caption.generate", {{"category", "interior"}, {"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  app.finish(7);
  const auto words = [&](std::size_t i) {
    std::string all;
    for (const BodyPart& part : app.sent.at(i).body) all += part.text;
    return all;
  };
  CHECK(words(0).find("how the room is built") != std::string::npos);
  CHECK(words(1).find("the angle it is seen from") != std::string::npos);
}

TEST_CASE("CA8: descriptions are stored beside the captions, fenced or not, and can be read") {
  FakeModels app = connected(2);
  app.model = [](const Fetch& fetch) {
    const bool first = fetch.ledger.item == "h:p1000.jpg";
    return Said{200,
                first ? "```json\n{\"scene_summary\":\"A desk.\",\"objects\":[{\"label\":\"lamp\"}],}\n```"
                      : "no JSON at all",
                {},
                {},
                50};
  };
  app.ask("describe.generate", {{"scope", "all"}, {"model", "gemini/gemini-3.5-flash-lite"}}, 7);
  app.finish(7);
  const auto state = nlohmann::json::parse(describe_state(app.state));
  CHECK(state["items"][0]["description"]["objects"][0]["label"] == "lamp");
  CHECK(state["items"][0]["captions"].empty());
  CHECK(!is_captioned(app.item("p1000.jpg")));
}

TEST_CASE("CA11: two models on one picture, words chosen from both") {
  FakeModels app = connected(1);
  app.model = [](const Fetch& fetch) {
    const bool luna = fetch.ledger.model == "openai/gpt-6-luna";
    return Said{200, luna ? "Brick studio with green lamps" : "Brick studio with red lamps", {}, {}, 50};
  };
  app.ask("caption.compare",
          {{"item", "h:p1000.jpg"}, {"left", "gemini/gemini-3.5-flash-lite"}, {"right", "openai/gpt-6-luna"}},
          7);
  const auto answer = app.finish(7);
  INFO(answer.dump());
  REQUIRE(app.state.captioning.comparison);
  CHECK(app.state.captioning.comparison->texts[1] == "Brick studio with green lamps");
  CHECK(!is_captioned(app.item("p1000.jpg")));
  app.ask("caption.compare-choose", {{"block", 0}, {"right", true}}, 8);
  CHECK(app.answer(8)["text"] == "Brick studio with green lamps");
  app.ask("caption.compare-keep", {{"which", "left"}}, 9);
  CHECK(caption_text(app.item("p1000.jpg")) == "Brick studio with red lamps");
}

TEST_CASE("refining sends words only, and what comes back is a suggestion") {
  FakeModels app = connected(3);
  app.ask("caption.set", {{"item", "h:p1000.jpg"}, {"text", "a very long caption"}}, 1);
  app.model = [](const Fetch& fetch) {
    for (const BodyPart& part : fetch.body) CHECK(!part.copy);
    return Said{200, "a caption", {}, {}, 50};
  };
  app.ask("caption.refine", {{"instruction", "shorter"}, {"model", "openai/gpt-6-text"}}, 7);
  CHECK(app.finish(7)["done"] == 1);
  CHECK(caption_text(app.item("p1000.jpg")) == "a very long caption");
  CHECK(app.state.captioning.suggestions.at("h:p1000.jpg").text == "a caption");
}

TEST_CASE("5,000 pictures: the app's own work for a caption stays below 5 ms") {
  FakeModels app = connected(5000);
  app.ask("caption.generate", {{"model", "gemini/gemini-3.5-flash-lite"}, {"concurrency", 8}}, 7);
  const auto began = std::chrono::steady_clock::now();
  const auto answer = app.finish(7);
  const auto took = std::chrono::steady_clock::now() - began;
  CHECK(answer["done"] == 5000);
  const double each = std::chrono::duration<double, std::milli>(took).count() / 5000;
  MESSAGE("milliseconds for one caption: ", each);
#ifdef NDEBUG
  CHECK(each < 5);
#endif
}
