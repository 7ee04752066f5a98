#include "wasm/app/looking.hpp"

#include <algorithm>

#include "shared/caption/from_seen.hpp"
#include "wasm/app/captioning_parts.hpp"

// The captioner on this machine: a connection that is always there. What it sees becomes a caption in
// shared/caption/from_seen.cpp.

namespace vignette {
namespace {

constexpr const char* kLabels = "local/mobilenet";
constexpr const char* kObjects = "local/mobilenet-coco";

const NetworkFile* file_of(const NetworksKnown& known, std::string_view kind) {
  const auto found = std::find_if(known.files.begin(), known.files.end(),
                                  [&](const NetworkFile& file) { return file.kind == kind; });
  return found == known.files.end() || found->state == NetworkFile::State::Missing ? nullptr : &*found;
}

std::string megabytes(std::uint64_t bytes) {
  const std::uint64_t tenths = (bytes + 50'000) / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

ModelOffer offer(const char* id, const std::string& name) {
  ModelOffer out;
  out.id = id;
  out.name = name;
  out.vision = true;
  out.abilities = {"vision"};
  return out;
}

std::vector<ModelOffer> offers_of(const NetworksKnown& known) {
  std::vector<ModelOffer> out;
  const NetworkFile* labels = file_of(known, "labels");
  const NetworkFile* objects = file_of(known, "objects");
  if (labels != nullptr)
    out.push_back(
        offer(kLabels, "What it looks like, and its colours (MobileNet, " + megabytes(labels->bytes) + ")"));
  if (labels != nullptr && objects != nullptr) {
    out.push_back(offer(kObjects, "Also the things in it, and where (with COCO-SSD, " +
                                      megabytes(labels->bytes + objects->bytes) + ")"));
  }
  return out;
}

void judge(Connection& connection, const NetworksKnown& known) {
  connection.state = connection.models.empty() ? ConnectionState::Bad : ConnectionState::Good;
  if (connection.models.empty()) {
    connection.verdict =
        "It is not part of this site: its weights were not there when the site was built (deploy/setup "
        "fetches them).";
    return;
  }
  connection.verdict =
      "Nothing is sent. Its sentences are made of what small networks recognise: rough, and marked so.";
  std::uint64_t loading = 0, loaded = 0, away = 0;
  for (const NetworkFile& file : known.files) {
    if (file.state == NetworkFile::State::Broken) {
      connection.state = ConnectionState::Bad;
      connection.verdict = file.problem;
      return;
    }
    if (file.state == NetworkFile::State::Loading) {
      loading += file.bytes;
      loaded += file.loaded;
    }
    if (file.state == NetworkFile::State::Away) away += file.bytes;
  }
  if (loading > 0) {
    connection.verdict =
        "Loading its weights, once: " + megabytes(loaded) + " of " + megabytes(loading) + ".";
  } else if (away > 0) {
    connection.verdict += " On first use it loads its weights from this site, up to " + megabytes(away) + ".";
  }
}

}  // namespace

bool runs_here(const State& state, const RunSpec& spec) {
  const Connection* connection =
      spec.connection != 0 ? state.captioning.find(spec.connection) : connection_for(state, spec.model);
  return connection != nullptr && connection->kind == ConnectionKind::OnThisMachine;
}

void on(State& state, const NetworksKnown& event, Effects&) {
  Connection* connection = state.captioning.find(kOnThisMachine);
  if (connection == nullptr) {
    Connection made;
    made.number = kOnThisMachine;
    made.kind = ConnectionKind::OnThisMachine;
    made.provider = "local";
    made.name = "On this machine";
    auto& all = state.captioning.connections;
    connection = &*all.insert(all.begin(), std::move(made));
  }
  connection->models = offers_of(event);
  judge(*connection, event);
}

CallId look_at(State& state, PendingCall call, SourceId source, std::vector<Box> boxes, Effects& effects) {
  const CallId id = state.captioning.next_call++;
  call.started = state.now;
  call.here = true;
  const bool objects = call.note.model == kObjects;
  state.captioning.calls.emplace(id, std::move(call));
  effects.emplace_back(LookAt{id, source, std::move(boxes), objects});
  return id;
}

Result<caption::Seen> seen_in(std::string_view answer) {
  const Result<Json> json = parse_json(answer);
  if (!json) return json.error();
  return caption::seen_from(*json);
}

}  // namespace vignette
