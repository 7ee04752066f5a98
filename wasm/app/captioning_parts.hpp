#pragma once
// The parts of captioning, one subject each; see parts.hpp.
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "shared/caption/request.hpp"
#include "shared/caption/seen.hpp"
#include "wasm/app/args.hpp"
#include "wasm/app/parts.hpp"

namespace vignette {

// ---- connecting.cpp
// ----------------------------------------------------------------------------------------

struct ConnectWish {
  std::string secret;     ///< a code or a key; "" with a local server
  std::string provider;   ///< "": by the shape of the secret
  std::string relay;      ///< its address; "": where the page came from
  bool by_relay = false;  ///< an own key goes through the relay as well
  std::string base;       ///< another address of the provider
  bool remember = false;
};
/// Makes the connection, or renews the one to the same place, and asks it for its models.
Result<ConnectionId> connect(State& state, const ConnectWish& wish, std::uint32_t request, Effects& effects);
void test_connection(State& state, Connection& connection, Effects& effects);
void forget_connection(State& state, ConnectionId number, Effects& effects);
/// A reply to one of the connection's own questions came in.
void models_replied(State& state, const PendingCall& call, const provider::HttpReply& reply,
                    Effects& effects);
void usage_replied(State& state, const PendingCall& call, const provider::HttpReply& reply);
void connection_failed(State& state, Connection& connection, const Error& error, Effects& effects);
nlohmann::json describe(const ModelOffer& model);
nlohmann::json describe(const Connection& connection);
void on(State& state, const ConnectionsRestored& event, Effects& effects);
void on(State& state, const LocalServersFound& event, Effects& effects);
void on(State& state, const SessionOpened& event, Effects& effects);
void on(State& state, const SessionFailed& event, Effects& effects);

// ---- device.cpp: what this device keeps
// --------------------------------------------------------------------

void store_device(const State& state, Effects& effects);
/// Takes over what an earlier visit stored. Nothing is half taken over.
Result<Done> restore_device(State& state, const std::string& json);
/// Providers and models of the person's own, as catalogue JSON; "" takes them away.
Result<Done> set_own_entries(State& state, const std::string& json);

// ---- looking.cpp: the captioner on this machine
// -------------------------------------------------------------------

/// Whether a run needs nobody but this machine.
bool runs_here(const State& state, const RunSpec& spec);
/// Has a picture looked at, in the place of a request.
CallId look_at(State& state, PendingCall call, SourceId source, std::vector<Box> boxes, Effects& effects);
/// What came back.
Result<caption::Seen> seen_in(std::string_view answer);
void on(State& state, const NetworksKnown& event, Effects& effects);

// ---- sending.cpp
// -------------------------------------------------------------------------------------------

/// The model as this connection offers it; null where it does not.
std::shared_ptr<const provider::Route> route_of(const State& state, const Connection& connection,
                                                const std::string& model);
/// The best connection for a model, or null.
const Connection* connection_for(const State& state, const std::string& model);
/// Stands for the picture in a request until the web layer puts its copy there.
provider::Media picture_mark();
/// Puts a call on its way. `copy` says which picture the mark stands for.
CallId send(State& state, PendingCall call, const provider::HttpCall& request,
            const std::optional<BodyPart::Copy>& copy, Effects& effects);
void send_due_polls(State& state, Effects& effects);
void drop_call(State& state, CallId call, Effects& effects);
void set_local_only(State& state, bool on, Effects& effects);
void on(State& state, const FetchSent& event, Effects& effects);
void on(State& state, const FetchHead& event, Effects& effects);
void on(State& state, const FetchPart& event, Effects& effects);
void on(State& state, const FetchDone& event, Effects& effects);
void on(State& state, const FetchFailed& event, Effects& effects);

// ---- captioning.cpp: runs
// ----------------------------------------------------------------------------------

/// Begins a run over `items`. Refused with a sentence where something is missing.
Result<std::uint32_t> start_run(State& state, RunSpec spec, std::uint32_t request, Effects& effects);
/// Drops what belongs to a dataset that is no longer open.
void follow_dataset(State& state, Effects& effects);
/// Starts what is due. Called after every event.
void advance_runs(State& state, Effects& effects);
std::optional<TimeMs> captioning_wake(const State& state);
void pause_run(State& state, Run& run, Effects& effects);
void resume_run(State& state, Run& run, Effects& effects);
void cancel_run(State& state, Run& run, Effects& effects);
/// Pictures whose last try failed, once more, with what their run was told.
Result<std::uint32_t> retry_failed(State& state, const std::vector<ItemId>& items, std::uint32_t request,
                                   Effects& effects);
/// The run that a button speaks of: this one, or the latest that has not ended.
Run* run_meant(State& state, std::uint32_t job);
/// "Rate limit: waiting 12 s.", "Paused.", "" while it works.
std::string waiting_reason(const State& state, const Run& run);
/// Answers per minute, and milliseconds to the end; nothing before the first answers.
std::optional<double> rate_of(const Run& run);
std::optional<std::int64_t> eta_ms(const Run& run);
/// A picture has got its answer, or its final refusal.
void note_answer(Run& run, TimeMs now);

// ---- run_calls.cpp: one picture of a run
// -------------------------------------------------------------------

void start_task(State& state, Run& run, std::uint32_t task, bool half_size, Effects& effects);
void task_replied(State& state, const PendingCall& call, const provider::HttpReply& reply, Effects& effects);
void task_stream_ended(State& state, PendingCall& call, Effects& effects);
void task_failed(State& state, const PendingCall& call, const FetchFailed& event, Effects& effects);
/// The picture gets no caption, now or ever.
void fail_task(State& state, Run& run, std::uint32_t task, const caption::CallFailure& why,
               const std::string& sentence, Effects& effects);

// ---- landing.cpp
// -------------------------------------------------------------------------------------------

/// Puts an answer where it belongs. Tells what became of the task.
TaskState land(State& state, Run& run, RunTask& task, const caption::ReadCaption& read,
               const provider::Answer& answer, Effects& effects);
void accept_suggestions(State& state, const std::vector<ItemId>& items, Effects& effects);

// ---- run_store.cpp: what continues after a reload
// ----------------------------------------------------------

void store_run(State& state, Run& run, Effects& effects);
void store_runs_if_due(State& state, Effects& effects);
/// Runs among what a reload interrupted come back, paused.
void adopt_interrupted_runs(State& state, Effects& effects);

// ---- presets.cpp
// -------------------------------------------------------------------------------------------

/// Built in or of this device; null: there is none.
const caption::Preset* find_preset(const State& state, const std::string& id);
/// All, the built-in ones first.
std::vector<const caption::Preset*> all_presets(const State& state);
Result<std::string> save_preset(State& state, caption::Preset preset, Effects& effects);
Result<Done> delete_preset(State& state, const std::string& id, Effects& effects);
Result<int> import_presets(State& state, const std::string& json, Effects& effects);
void on(State& state, const TextPicked& event, Effects& effects);

// ---- ledger.cpp
// --------------------------------------------------------------------------------------------

nlohmann::json describe_ledger(const State& state);
std::string ledger_csv(const State& state);
void on(State& state, const LedgerLoaded& event, Effects& effects);

// ---- comparing.cpp
// -----------------------------------------------------------------------------------------

Result<std::uint32_t> start_comparison(State& state, const ItemId& item, const std::string& left,
                                       const std::string& right, std::uint32_t request, Effects& effects);
/// The text that the choices make of both.
std::string merged_comparison(const Comparison& comparison);
/// "left", "right" or "merged" becomes the caption.
Result<Done> keep_comparison(State& state, const std::string& which, Effects& effects);

// ---- caption_plan.cpp: what a run would do
// -----------------------------------------------------------------

/// What is blacked out in a picture before it is sent.
std::vector<Box> boxes_of(const Item& item);
std::vector<ItemId> items_in_scope(const State& state, const std::string& scope);
caption::ScopeRequest scope_request(const State& state, std::vector<ItemId> items, caption::Policy policy,
                                    bool also_people, RunKind kind);
caption::Estimate estimate_of(const State& state, const RunSpec& spec, std::size_t pictures);
/// The form as a run.
RunSpec spec_of_form(const State& state);
caption::Preset preset_of_form(const State& state);

// ---- form_fields.cpp
// ---------------------------------------------------------------------------------------

/// A parameter of the generate panel by name, or all of them as one "line".
void set_parameter(State& state, std::string_view key, std::string_view value);
std::string limit_text(const caption::Checks& checks, caption::Rule rule);
void set_limit(caption::Checks& checks, caption::Rule rule, const std::string& value);
/// False: the field is none of these forms'.
bool take_form_text(State& state, const std::string& field, const std::string& text);
std::optional<std::string> form_text(const State& state, const std::string& field);

// ---- caption_commands.cpp, device_commands.cpp ------------------------------------------------------------

/// Nothing: captioning does not know it.
std::optional<bool> captioning_enabled(const State& state, std::string_view id);
/// For scripts: what `state().captioning` is.
nlohmann::json describe_captioning(const State& state);

}  // namespace vignette
