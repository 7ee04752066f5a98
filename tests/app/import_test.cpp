#include "tests/app/fake_runner.hpp"

using namespace vignette;
using namespace vignette::testing;

TEST_CASE("dropped pictures become items with the captions that lie beside them, in one undo step") {
  FakeRunner app;
  app.drop({"img10.jpg", "img2.jpg", "img2.txt"}, {{"img2.txt", " a vase \n"}});
  REQUIRE(app.state.document().items.size() == 2);
  CHECK(app.state.document().items[0]->name == "img2.jpg");
  CHECK(caption_text(app.item("img2.jpg")) == "a vase");
  CHECK(app.item("img2.jpg").captions.at("main").author.kind == AuthorKind::Import);
  CHECK_FALSE(app.state.import.has_value());
  CHECK(app.state.history.steps() == 1);
  CHECK(app.state.history.undo_label() == "Add 2 pictures");
  app.send(RunCommand{"undo"});
  CHECK(app.state.document().items.empty());
}

TEST_CASE("texts that come after the pictures are paired all the same") {
  FakeRunner app;
  app.drop({"a.jpg"});
  app.drop({"a.txt"}, {{"a.txt", "later"}});
  CHECK(caption_text(app.item("a.jpg")) == "later");
}

TEST_CASE("broken files are rows with a reason; the good ones beside them go on") {
  FakeRunner app;
  app.send(FilesArrived{
      {{1, "good.jpg", 1, 0}, {2, "broken.jpg", 1, 0}, {3, "movie.mp4", 1, 0}, {4, ".DS_Store", 1, 0}}});
  const std::uint32_t job = app.state.import->job;
  app.send(SourceFailed{job, 2, {ErrorCode::Truncated, "The end is missing.", "Copy it again."}});
  app.send(PicturesInspected{job, {app.seen({1, "good.jpg", 1, 0})}});
  CHECK(app.state.document().items.size() == 1);
  const Job* done = app.state.find_job(job);
  REQUIRE(done);
  CHECK(done->state == JobState::Done);
  CHECK(done->total == 3);
  CHECK(done->done == 1);
  REQUIRE(done->rejected.size() == 2);
  CHECK(done->rejected[0].path == "movie.mp4");
  CHECK(done->rejected[1].path == "broken.jpg");
  REQUIRE(app.state.session.toasts.size() == 1);
  CHECK(app.state.session.toasts[0].text == "Added 1 picture, 2 rejected.");
}

TEST_CASE("cancelling keeps what came in and drops the rest") {
  FakeRunner app;
  app.send(FilesArrived{{{1, "a.jpg", 1, 0}, {2, "b.jpg", 1, 0}}});
  const std::uint32_t job = app.state.import->job;
  app.send(PicturesInspected{job, {app.seen({1, "a.jpg", 1, 0})}});
  app.send(CancelJob{job});
  REQUIRE(app.find<StopWork>());
  CHECK(app.state.document().items.size() == 1);
  app.send(PicturesInspected{job, {app.seen({2, "b.jpg", 1, 0})}});  // came too late
  CHECK(app.state.document().items.size() == 1);
}

TEST_CASE("a script learns what its files became") {
  FakeRunner app;
  FilesArrived arrived{{{1, "a.jpg", 1, 0}, {2, "b.jpg", 1, 0}}, true, 42};
  app.send(arrived);
  const std::uint32_t job = app.state.import->job;
  app.send(SourceFailed{job, 2, {ErrorCode::InvalidInput, "This is not a picture.", ""}});
  app.send(PicturesInspected{job, {app.seen({1, "a.jpg", 1, 0})}});
  const Reply* reply = app.find<Reply>();
  REQUIRE(reply);
  CHECK(reply->request == 42);
  const auto answer = nlohmann::json::parse(reply->json);
  CHECK(answer["added"] == nlohmann::json{"h:a.jpg"});
  CHECK(answer["rejected"][0]["path"] == "b.jpg");
}

TEST_CASE("the first pictures show before the last are read") {
  FakeRunner app;
  FilesArrived arrived;
  for (SourceId i = 1; i <= 100; ++i) arrived.files.push_back({i, "p" + std::to_string(i) + ".jpg", 1, 0});
  app.send(arrived);
  const std::uint32_t job = app.state.import->job;
  for (SourceId i = 1; i <= 8; ++i) app.send(PicturesInspected{job, {app.seen(arrived.files[i - 1])}});
  CHECK(app.state.document().items.size() == 8);
  app.send(PicturesInspected{job, {app.seen(arrived.files[8])}});
  app.wait(500);
  CHECK(app.state.document().items.size() == 9);
}

TEST_CASE("a folder that is still being walked keeps the import open") {
  FakeRunner app;
  app.send(FilesArrived{{{1, "a.jpg", 1, 0}}, false});
  const std::uint32_t job = app.state.import->job;
  app.send(PicturesInspected{job, {app.seen({1, "a.jpg", 1, 0})}});
  CHECK(app.state.import.has_value());
  app.send(FilesArrived{{}, true});
  CHECK_FALSE(app.state.import.has_value());
}

TEST_CASE("a ZIP inside a ZIP is refused, its neighbours are read") {
  FakeRunner app;
  app.send(FilesArrived{{{1, "set.zip", 1, 0}}});
  REQUIRE(app.find<OpenArchives>());
  const std::uint32_t job = app.state.import->job;
  app.send(ArchiveOpened{job,
                         1,
                         {{2, "a.jpg", 1, 0}, {3, "inner.zip", 1, 0}},
                         {{"../evil.jpg", {ErrorCode::Refused, "Its path leaves the archive.", ""}}}});
  app.send(PicturesInspected{job, {app.seen({2, "a.jpg", 1, 0})}});
  CHECK(app.state.document().items.size() == 1);
  CHECK(app.state.find_job(job)->rejected.size() == 2);
}

TEST_CASE("importing costs linear time: ten times the pictures, not a hundred times the work") {
  FakeRunner app;
  FilesArrived arrived;
  for (SourceId i = 1; i <= 5000; ++i) arrived.files.push_back({i, "p" + std::to_string(i) + ".jpg", 1, 0});
  app.send(arrived);
  const std::uint32_t job = app.state.import->job;
  std::size_t portions = 0;
  std::size_t size = 0;
  for (const FileEntry& file : arrived.files) {
    app.send(PicturesInspected{job, {app.seen(file)}});
    if (app.state.document().items.size() != size) ++portions;
    size = app.state.document().items.size();
  }
  CHECK(size == 5000);
  CHECK(portions < 100);
}
