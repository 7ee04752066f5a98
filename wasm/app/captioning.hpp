#pragma once
#include <map>
#include <memory>
#include <unordered_map>

#include "shared/caption/estimate.hpp"
#include "shared/caption/examine.hpp"
#include "shared/caption/pacer.hpp"
#include "shared/caption/preset.hpp"
#include "shared/caption/scope.hpp"
#include "shared/provider/answer_stream.hpp"
#include "shared/provider/catalogue.hpp"
#include "wasm/app/sending.hpp"

namespace vignette {

// Sets that are not captions: a text of a picture with an author and a history like any other.
inline constexpr const char* kDescriptionSet = "description";  ///< JSON, shared/caption/description.hpp
inline constexpr const char* kCategorySet = "category";        ///< "interior" …
inline constexpr const char* kSeenSet = "seen";                ///< what a caption was made of, and how sure
inline constexpr const char* kBlackoutSet = "blackout";        ///< [[x, y, w, h], …] in parts of the picture
/// Whether the set is one of these.
bool is_side_set(std::string_view set);

// ---- where models are
// --------------------------------------------------------------------------------------

/// A model as people choose it: "gemini/gemini-3.5-flash-lite".
struct ModelOffer {
  std::string id;
  std::string name;
  bool vision = false;
  bool text = false;
  std::vector<std::string> abilities;
  std::string retires;  ///< YYYY-MM-DD
  bool retired = false;
  std::string replaced_by;
};

enum class ConnectionKind {
  Relay,
  Direct,
  Local,         ///< a server on this machine
  OnThisMachine  ///< no server at all: networks that run in the page's own workers
};
/// The one connection that nobody makes and nobody forgets.
inline constexpr ConnectionId kOnThisMachine = 1'000'000;

enum class ConnectionState { Untested, Testing, Good, Bad };

struct Connection {
  ConnectionId number = 0;
  ConnectionKind kind = ConnectionKind::Relay;
  std::string provider;  ///< of a direct or local one, and of an own key that the relay passes on
  std::string base;      ///< "" for a relay: where the page came from
  std::string name;      ///< "Access code at this site", "OpenAI, directly"
  bool session = false;  ///< a relay's access code, exchanged for a token
  bool has_secret = false;
  bool remembered = false;
  ConnectionState state = ConnectionState::Untested;
  std::string verdict;  ///< in a sentence
  std::vector<ModelOffer> models;
  std::string left;                     ///< "380 of 500 requests left"
  std::vector<std::uint32_t> requests;  ///< scripts that wait for the models
};

// ---- jobs
// --------------------------------------------------------------------------------------------------

/// What becomes of the answers.
enum class RunKind {
  Caption,   ///< captions
  Describe,  ///< structured descriptions
  Refine,    ///< suggestions for captions that are there; nothing but words is sent
  Compare,   ///< two models on one picture, to be looked at
  Preview    ///< a preset on one picture, to be looked at
};
const char* name_of(RunKind kind);

struct RunSpec {
  RunKind kind = RunKind::Caption;
  ConnectionId connection = 0;
  std::string model;
  caption::Preset preset;
  std::string context;
  std::string wish;  ///< of Refine
  caption::ScopeRequest request;
  caption::Pace pace;
  int side = 1024;
  TimeMs started = 0;
};

enum class TaskState { Queued, Running, Waiting, Done, Suggested, Failed, Dropped };

struct RunTask {
  ItemId item;
  std::string model;  ///< of Compare; else the spec's
  std::uint32_t revision = 0;
  TaskState state = TaskState::Queued;
  CallId call = 0;
  int attempts = 0;
  std::string text;    ///< as it is being written
  std::string reason;  ///< why it failed, or is being tried again, in a sentence
  TimeMs retry_at = 0;
  std::string evidence;                     ///< what a caption made here was made of
  std::optional<caption::Examined> faulty;  ///< a first answer that needs a repair
};

/// One run over some pictures: the plan, its pace, and how far it is.
struct Run {
  std::uint32_t job = 0;  ///< its row in State::jobs
  std::string stored_id;  ///< under which a reload finds it; "" for what need not go on
  RunSpec spec;
  caption::Pacer pacer;
  std::vector<RunTask> tasks;
  std::size_t skipped = 0;
  std::uint32_t request = 0;  ///< the script that waits for the end
  std::optional<TimeMs> wake;
  std::string halted;  ///< why it stopped by itself, in a sentence
  TimeMs stored_at = 0;
  bool stored_dirty = false;        ///< something happened since
  int landed = 0;                   ///< captions in the document, for the name of the undo step
  std::vector<TimeMs> finished_at;  ///< the latest answers, for the rate
  std::map<std::string, std::shared_ptr<const provider::Route>> routes;  ///< by model
  bool ended = false;

  Run(RunSpec what, std::uint64_t seed) : spec(std::move(what)), pacer(spec.pace, seed) {}
};

struct FailedItem {
  caption::Failure why = caption::Failure::Network;
  std::string sentence;
};
/// An answer that was not put into the dataset, because somebody has to decide.
struct Suggestion {
  std::string text;
  std::string model;
  std::string set = kMainSet;
  TimeMs time = 0;
};

/// A request under way.
struct PendingCall {
  enum class For { Models, Usage, Task } purpose = For::Task;
  ConnectionId connection = 0;
  std::uint32_t job = 0;
  std::uint32_t task = 0;
  std::shared_ptr<const provider::Route> route;
  std::optional<provider::AnswerStream> stream;
  std::string shown;  ///< of a stream
  int status = 0;
  std::vector<provider::Header> headers;
  LedgerNote note;
  TimeMs started = 0;
  std::optional<provider::HttpCall> poll;  ///< to be sent at `poll_at`
  TimeMs poll_at = 0;
  bool here = false;     ///< nothing is sent: a worker looks at the picture
  bool dropped = false;  ///< nobody waits for it; kept until the web layer says that it has ended
};

// ---- what the panels hold
// ----------------------------------------------------------------------------------

struct GenerateForm {
  std::string model;
  std::string preset = "interior.long";
  std::string scope = "all";
  caption::Policy policy = caption::Policy::Missing;
  bool also_people = false;
  caption::Parameters parameters;
  bool own_parameters = false;  ///< otherwise the preset's
  std::string parameter_error;
  int concurrency = 2;
  bool slow = false;
  std::string second_model;  ///< of a comparison
  int side = 1024;
};

struct Comparison {
  ItemId item;
  std::array<std::string, 2> models;
  std::array<std::string, 2> texts;
  std::array<std::string, 2> problems;
  std::vector<bool> take_right;  ///< for each differing block
  std::uint32_t job = 0;         ///< while it runs
};

struct PresetDraft {
  bool open = false;
  std::string id;  ///< "" for a new one
  caption::Preset preset;
  std::string error;
  std::string preview;  ///< the answer of one picture
  std::vector<caption::Verdict> verdicts;
  std::uint32_t job = 0;
};

struct Captioning {
  std::vector<Connection> connections;
  ConnectionId next_connection = 1;
  std::vector<LocalServer> servers;
  bool looking_for_servers = false;
  bool remember = false;  ///< the tick beside the connect field
  bool local_only = false;
  bool restored = false;                                 ///< what this device keeps has been read
  std::string own_entries;                               ///< providers and models of this device, as JSON
  std::shared_ptr<const provider::Catalogue> catalogue;  ///< built in and own; null: built in only
  std::vector<caption::Preset> presets;                  ///< of this device

  std::unordered_map<CallId, PendingCall> calls;
  CallId next_call = 1;
  std::vector<Run> runs;
  std::unordered_map<ItemId, FailedItem> failed;
  std::unordered_map<ItemId, Suggestion> suggestions;
  std::unordered_map<ItemId, std::uint32_t> busy;  ///< item → job, of tasks not yet settled
  std::unordered_map<std::string, std::vector<caption::CallSample>> samples;  ///< by model
  std::vector<LedgerRow> ledger;
  std::optional<RunSpec> last_spec;  ///< what "retry failed" repeats

  GenerateForm form;
  std::optional<Comparison> comparison;
  PresetDraft draft;
  std::string dataset;  ///< whose pictures all of this is about

  const Connection* find(ConnectionId number) const;
  Connection* find(ConnectionId number);
  const Run* run_of(std::uint32_t job) const;
  Run* run_of(std::uint32_t job);
  const provider::Catalogue& all() const;
};

}  // namespace vignette
