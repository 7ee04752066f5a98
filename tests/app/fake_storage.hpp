#pragma once
#include <deque>
#include <map>

#include "shared/dataset/change_json.hpp"
#include "tests/app/fake_runner.hpp"
#include "wasm/app/wire.hpp"

namespace vignette::testing {

/// A catalogue as the storage worker keeps it: what was committed is there, everything else is not.
struct FakeCatalogue {
  Document document;
  std::vector<MomentInfo> moments;
  std::map<MomentId, std::vector<std::string>> parts;                    // JSON, as it came over the wire
  std::map<std::pair<ItemId, std::string>, std::vector<Caption>> texts;  // oldest first
  std::set<ItemId> bytes;
  std::map<std::string, StoredJob> jobs;
  MomentId cursor = 0;
  bool trashed = false;

  void apply(const Json& commit) {
    if (const auto after = integer_at(commit, "forget_after")) {
      std::erase_if(moments, [&](const MomentInfo& m) { return m.id > static_cast<MomentId>(*after); });
      std::erase_if(parts, [&](const auto& p) { return p.first > static_cast<MomentId>(*after); });
    }
    const Json& change = commit.at("change");
    const Change read = read_change(change);
    document = applied(document, read, Direction::Forwards);
    for (const CaptionChange& caption : read.captions) {
      if (caption.after) texts[{caption.item, caption.set}].push_back(*caption.after);
    }
    if (const Json* moment = member(commit, "moment")) {
      const auto id = static_cast<MomentId>(*integer_at(*moment, "id"));
      auto known = std::find_if(moments.begin(), moments.end(), [&](const auto& m) { return m.id == id; });
      if (known == moments.end()) known = moments.insert(known, MomentInfo{id, "", 0});
      known->label = text_at(*moment, "label");
      known->time = *integer_at(*moment, "time");
      parts[id].push_back(write_json(change));
    }
    cursor = static_cast<MomentId>(*integer_at(commit, "cursor"));
    for (const Json& kept : items_at(commit, "keep")) bytes.insert(text_at(kept, "item"));
  }
};

/// Plays the storage side: obeys the app's effects in order, through the wire, and answers. It can be told to
/// be slow, or to fail.
class FakeStorage {
 public:
  FakeRunner app;
  std::map<std::string, FakeCatalogue> disk;
  std::string open_id;
  std::string last_id;
  bool answers = true;  ///< false: effects wait in `asked`
  std::string fails;    ///< commits fail with this code
  StorageMode mode = StorageMode::Ready;
  std::deque<std::string> asked;
  std::vector<std::string> seen;  ///< kinds of all effects, for tests
  std::vector<Json> replies;

  void start() { send(Started{}); }
  /// As a new tab: only what is on the disk is left.
  void reload() {
    app = FakeRunner{};
    asked.clear();
    open_id.clear();
    number_ = 0;
    start();
  }
  void send(const Event& event) {
    app.send(event);
    take();
  }
  void wait(TimeMs ms) {
    app.now += ms;
    send(Tick{});
  }
  nlohmann::json run(const std::string& id, const nlohmann::json& args = nlohmann::json::object()) {
    replies.clear();
    send(RunCommand{id, args.dump(), 77});
    if (replies.empty()) return {{"pending", true}};
    const nlohmann::json reply = nlohmann::json::parse(write_json(replies.front()));
    if (reply.contains("error")) return {{"error", reply["error"]["message"]}};
    return nlohmann::json::parse(reply["json"].get<std::string>());
  }
  /// Files with these paths arrive and are inspected.
  void drop(const std::vector<std::string>& paths) {
    FilesArrived arrived;
    for (const std::string& path : paths) arrived.files.push_back({app.next_source++, path, 1000, 0});
    send(arrived);
    if (!app.state.import) return;
    const std::uint32_t job = app.state.import->job;
    for (const FileEntry& file : arrived.files) send(PicturesInspected{job, {app.seen(file)}});
  }
  /// Obeys what waits.
  void go_on() {
    answers = true;
    obey_all();
  }
  FakeCatalogue& catalogue() { return disk.at(open_id); }
  const Document& document() const { return app.state.document(); }
  std::string toast() const {
    return app.state.session.toasts.empty() ? "" : app.state.session.toasts.back().text;
  }
  bool was_asked(const std::string& kind) const {
    return std::find(seen.begin(), seen.end(), kind) != seen.end();
  }

 private:
  void take() {
    for (const Effect& effect : app.effects) {
      asked.push_back(to_wire(effect));
      seen.push_back(text_at(Json::parse(asked.back()), "kind"));
    }
    app.effects.clear();
    if (answers) obey_all();
  }
  void obey_all() {
    while (answers && !asked.empty()) {
      const Json effect = Json::parse(asked.front());
      asked.pop_front();
      obey(effect);
    }
  }
  void tell(const std::string& json) {
    auto event = from_wire(json);
    REQUIRE(event);
    app.send(*event);
    take();
  }
  void open(const std::string& id) {
    open_id = last_id = id;
    number_ = 0;
    tell(R"({"kind":"StorageState","mode":")" +
         std::string(mode == StorageMode::Ready ? "ready" : "read_only") + R"(","dataset":")" + id +
         R"(","message":"","hint":""})");
    tell(opened_text(id));
  }
  std::string opened_text(const std::string& id) {
    FakeCatalogue& stored = disk[id];
    JsonWriter json;
    json.open_object().field("kind", "DatasetOpened").field("id", id).field("name", stored.document.name);
    json.field("read_only", mode == StorageMode::ReadOnly);
    json.key("settings").open_object().field("context", stored.document.settings.context);
    json.field("trigger", stored.document.settings.trigger).close_object();
    json.field("cursor", static_cast<std::int64_t>(stored.cursor));
    json.key("moments").open_array();
    for (const MomentInfo& m : stored.moments)
      json.open_object()
          .field("id", static_cast<std::int64_t>(m.id))
          .field("label", m.label)
          .field("time", m.time)
          .close_object();
    json.close_array().key("items").open_array();
    // Not in the document's order, as a catalogue has them.
    for (auto item = stored.document.items.rbegin(); item != stored.document.items.rend(); ++item) {
      JsonWriter facts;
      write_item(facts, **item);
      JsonWriter captions;
      captions.open_object();
      for (const auto& [set, caption] : (*item)->captions) {
        captions.key(set).open_object().field("text", caption.text).field("author", "human");
        captions.field("time", caption.time).close_object();
      }
      json.open_object().members_of(facts.take());
      json.key("captions").raw(captions.close_object().take());
      if (stored.bytes.count((*item)->id)) json.field("source", std::int64_t{app.next_source++});
      json.close_object();
    }
    json.close_array().key("jobs").open_array();
    for (const auto& [job_id, job] : stored.jobs)
      json.open_object()
          .field("id", job_id)
          .field("kind", job.kind)
          .field("state", job.state)
          .field("done", job.done)
          .field("total", job.total)
          .key("spec")
          .raw(job.spec.empty() ? "{}" : job.spec)
          .close_object();
    return json.close_array().close_object().take();
  }
  void list() {
    JsonWriter json;
    json.open_object().field("kind", "DatasetsListed").key("datasets").open_array();
    for (const auto& [id, stored] : disk)
      json.open_object()
          .field("id", id)
          .field("name", stored.document.name)
          .field("items", static_cast<int>(stored.document.items.size()))
          .field("trashed", stored.trashed)
          .close_object();
    tell(json.close_array().close_object().take());
  }
  void commit(const Json& effect) {
    const std::int64_t number = *integer_at(effect, "number");
    if (!fails.empty()) {
      tell(R"({"kind":"CommitFailed","number":)" + std::to_string(number) + R"(,"error":{"code":")" + fails +
           R"(","message":"It did not work.","hint":"Try again."}})");
      return;
    }
    if (number > number_) {
      REQUIRE(number == number_ + 1);  // strictly in order, none left out
      catalogue().apply(effect);
      number_ = number;
    }
    tell(R"({"kind":"Committed","number":)" + std::to_string(number) + "}");
  }
  void obey(const Json& effect) {
    const std::string kind = text_at(effect, "kind");
    const std::string id = text_at(effect, "id");
    if (kind == "Reply") replies.push_back(effect);
    if (kind == "Commit") commit(effect);
    if (kind == "OpenDataset") {
      std::string wanted = id;
      if (wanted.empty()) {
        wanted = last_id;
        if (wanted.empty() || disk[wanted].trashed) wanted.clear();
        for (auto& [other, stored] : disk) {
          if (wanted.empty() && !other.empty() && !stored.trashed) wanted = other;
        }
        if (wanted.empty()) disk[wanted = "first"].document.name = "Untitled";
      }
      if (flag_at(effect, "take_over")) mode = StorageMode::Ready;
      if (disk.count(wanted)) return open(wanted);
      tell(R"({"kind":"OpenFailed","id":"x","error":{"code":"not_found","message":"It is gone."}})");
    }
    if (kind == "CreateDataset") {
      const std::string made = "made" + std::to_string(disk.size());
      disk[made].document.name = text_at(effect, "name");
      open(made);
    }
    if (kind == "ListDatasets") list();
    if (kind == "TrashDataset" || kind == "RestoreDataset") {
      disk.at(id).trashed = kind == "TrashDataset";
      list();
    }
    if (kind == "RenameDataset") {
      disk.at(id).document.name = text_at(effect, "name");
      list();
    }
    if (kind == "LoadMoment") {
      const auto moment = static_cast<MomentId>(*integer_at(effect, "id"));
      std::string parts;
      for (const std::string& part : catalogue().parts[moment]) parts += (parts.empty() ? "" : ",") + part;
      tell(R"({"kind":"MomentLoaded","id":)" + std::to_string(moment) + R"(,"parts":[)" + parts + "]}");
    }
    if (kind == "LoadCaptionHistory") {
      CaptionHistoryLoaded loaded{text_at(effect, "item"), text_at(effect, "set"), {}};
      const auto& texts = catalogue().texts[{loaded.item, loaded.set}];
      loaded.entries.assign(texts.rbegin(), texts.rend());
      app.send(loaded);
      take();
    }
    if (kind == "StoreJob") {
      const Json& job = effect.at("job");
      catalogue().jobs[text_at(job, "id")] = {text_at(job, "id"),
                                              text_at(job, "kind"),
                                              text_at(job, "state"),
                                              write_json(job.at("spec")),
                                              static_cast<int>(*integer_at(job, "done")),
                                              0,
                                              static_cast<int>(*integer_at(job, "total"))};
    }
    if (kind == "ForgetJob") catalogue().jobs.erase(id);
  }
  std::int64_t number_ = 0;
};

inline bool same_content(const Document& a, const Document& b) {
  return a.name == b.name && a.settings == b.settings && a.items.size() == b.items.size() &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), [](const auto& x, const auto& y) {
           if (!same_facts(*x, *y) || x->captions.size() != y->captions.size()) return false;
           return std::all_of(x->captions.begin(), x->captions.end(), [&](const auto& one) {
             const auto other = y->captions.find(one.first);
             return other != y->captions.end() && other->second.text == one.second.text;
           });
         });
}

}  // namespace vignette::testing
