#pragma once
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "wasm/app/update.hpp"

namespace vignette::testing {

/// Runs the app without a browser: sends events, collects effects, and answers the ones a test asks it to.
class FakeRunner {
 public:
  State state;
  Effects effects;  ///< of the last send
  TimeMs now = 1'000'000;

  FakeRunner() {
    Document empty;
    empty.id = "dataset";
    empty.name = "Untitled";
    empty.reindex();
    state.history = History(empty);
  }

  void send(const Event& event) { effects = update(state, event, now); }
  void wait(TimeMs ms) {
    now += ms;
    send(Tick{});
  }
  /// Runs a command as a script does and returns its answer.
  nlohmann::json run(const std::string& id, const nlohmann::json& args = nlohmann::json::object()) {
    send(RunCommand{id, args.dump(), 77});
    const Reply* reply = find<Reply>();
    if (!reply) return {{"pending", true}};
    if (reply->error) return {{"error", reply->error->message}};
    return nlohmann::json::parse(reply->json);
  }

  template <class T>
  const T* find() const {
    for (const Effect& effect : effects) {
      if (const T* found = std::get_if<T>(&effect)) return found;
    }
    return nullptr;
  }

  /// Drops files; pictures answer at once with the hash "h:<path>" unless `hash_of` says otherwise.
  void drop(const std::vector<std::string>& paths, const std::map<std::string, std::string>& texts = {}) {
    FilesArrived arrived;
    std::map<SourceId, std::string> path_of;
    for (const std::string& path : paths) {
      arrived.files.push_back({next_source, path, 1000, 0});
      path_of[next_source++] = path;
    }
    send(arrived);
    const Effects asked = effects;
    for (const Effect& effect : asked) {
      if (const auto* reading = std::get_if<ReadTexts>(&effect)) {
        for (const FileEntry& file : reading->files)
          send(TextRead{reading->job, file.source, texts.at(file.path), false});
      }
    }
    for (const Effect& effect : asked) {
      if (const auto* inspect = std::get_if<InspectPictures>(&effect)) {
        for (const FileEntry& file : inspect->files) send(PicturesInspected{inspect->job, {seen(file)}});
      }
    }
  }

  Inspection seen(const FileEntry& file) const {
    Inspection picture;
    picture.source = file.source;
    picture.hash = "h:" + file.path;
    picture.bytes = file.bytes;
    picture.format = "jpg";
    picture.width = 640;
    picture.height = 480;
    return picture;
  }
  const Item& item(const std::string& path) const {
    const Item* found = state.document().find_path(path);
    REQUIRE(found);
    return *found;
  }

  SourceId next_source = 1;
};

}  // namespace vignette::testing
