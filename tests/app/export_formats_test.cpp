#include "tests/app/fake_runner.hpp"

using namespace vignette;
using namespace vignette::testing;

TEST_CASE("webdata.zip holds the captioned pictures and one label.json") {
  FakeRunner app;
  app.drop({"a.jpg", "b.jpg"});
  app.run("caption.set", {{"item", "h:a.jpg"}, {"text", "a vase"}});
  app.run("export", {{"format", "webdata"}});
  const BuildArchive* archive = app.find<BuildArchive>();
  REQUIRE(archive);
  CHECK(archive->name == "webdata.zip");
  REQUIRE(archive->entries.size() == 2);
  CHECK(archive->entries[0].path == "a.jpg");
  CHECK(archive->entries[1].path == "label.json");
  CHECK(archive->entries[1].text.find("a vase") != std::string::npos);
}

TEST_CASE("a WebDataset shard is tar headers, pictures and texts in order, and measures what it says") {
  FakeRunner app;
  app.drop({"a.jpg", "b.jpg"});
  app.run("caption.set", {{"item", "h:a.jpg"}, {"text", "a vase"}});
  app.run("caption.set", {{"item", "h:b.jpg"}, {"text", "a bowl"}});
  app.run("export", {{"format", "webdataset"}});
  const BuildFile* file = app.find<BuildFile>();
  REQUIRE(file);
  CHECK(file->name == "shard-000000.tar");
  std::uint64_t bytes = 0;
  int pictures = 0;
  for (const ArchiveEntry& part : file->parts) {
    bytes += part.source ? part.bytes : part.text.size();
    pictures += part.source ? 1 : 0;
  }
  CHECK(pictures == 2);
  CHECK(bytes % 10'240 == 0);
  CHECK(file->parts.front().text.starts_with("a.jpg"));
}

TEST_CASE("the trigger word takes the place of [trigger] in what is exported, not in the captions") {
  FakeRunner app;
  app.drop({"a.jpg"});
  app.run("caption.set", {{"item", "h:a.jpg"}, {"text", "[trigger] vase"}});
  app.run("dataset.trigger", {{"trigger", "TOKX"}});
  app.run("export");
  const BuildArchive* archive = app.find<BuildArchive>();
  REQUIRE(archive);
  CHECK(archive->entries.at(1).text.find("TOKX vase") == 0);
  CHECK(caption_text(app.item("a.jpg")) == "[trigger] vase");
}

TEST_CASE("a format that nobody knows is refused by name") {
  FakeRunner app;
  app.drop({"a.jpg"});
  CHECK(app.run("export", {{"format", "zip"}})["error"].get<std::string>().find("webdataset") !=
        std::string::npos);
}
