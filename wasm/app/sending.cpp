#include <algorithm>

#include "shared/provider/adapter.hpp"
#include "wasm/app/captioning_parts.hpp"

// Requests: built by shared/provider, put on their way by the web layer, answered by events. What each answer
// means is the business of whoever asked.

namespace vignette {
namespace {

using provider::Ability;
using provider::HttpReply;

/// The relay speaks OpenAI's language for every model; what the model itself cannot take, it leaves out.
std::shared_ptr<const provider::Route> relay_route(const provider::Catalogue& all,
                                                   const Connection& connection, const ModelOffer& offer) {
  provider::Route route;
  route.provider.id = "relay";
  route.provider.name = connection.name;
  route.provider.base = connection.base + "/v1";
  route.provider.auth = {"Authorization", "Bearer "};
  provider::Model& model = route.model;
  if (const auto known = all.find(offer.id)) {
    model.price = known->model.price;
    model.image_tokens_max = known->model.image_tokens_max;
    model.max_inline_base64 = known->model.max_inline_base64;
    model.min_max_tokens = known->model.min_max_tokens;
    model.params = known->model.params;
    model.json = known->model.json;
  } else {
    model.params = {"temperature", "top_p", "max_tokens", "seed", "stop"};
  }
  model.id = offer.id;
  model.name = offer.name;
  model.max_tokens_field = "max_tokens";
  model.thinking.style = provider::ThinkingStyle::Effort;
  model.thinking.off = "none";
  model.abilities = {Ability::Text};
  if (offer.vision) model.abilities.push_back(Ability::Vision);
  return std::make_shared<const provider::Route>(std::move(route));
}

/// Nobody is asked, and nobody wants money for it.
std::shared_ptr<const provider::Route> free_route(const std::string& model) {
  provider::Route route;
  route.model.id = model;
  route.model.price.input = route.model.price.output = 0;
  return std::make_shared<const provider::Route>(std::move(route));
}

const ModelOffer* offer_in(const Connection& connection, const std::string& model) {
  const auto found = std::find_if(connection.models.begin(), connection.models.end(),
                                  [&](const ModelOffer& offer) { return offer.id == model; });
  return found == connection.models.end() ? nullptr : &*found;
}

std::string provider_in(const std::string& model) { return model.substr(0, model.find('/')); }

std::string_view mark() {
  static const std::string kMark = "picture";
  return kMark;
}

std::vector<BodyPart> parts_of(const provider::Body& body, const std::optional<BodyPart::Copy>& copy) {
  std::vector<BodyPart> parts;
  for (const provider::Piece& piece : body) {
    if (copy && piece.data.text.data() == mark().data()) {
      BodyPart part;
      part.copy = copy;
      part.copy->base64 = piece.as == provider::Piece::As::ToBase64;
      parts.push_back(std::move(part));
    } else if (!piece.data.text.empty()) {
      parts.push_back({std::string(piece.data.text), {}});
    }
  }
  return parts;
}

constexpr std::int64_t kTimeoutMs = 120'000;
constexpr std::int64_t kOwnMachineTimeoutMs = 600'000;  // a first answer may wait for the model to load

/// The call an event speaks of, taken out of the list. Nothing: nobody waits for it any more.
std::optional<PendingCall> taken(State& state, CallId id) {
  auto& calls = state.captioning.calls;
  const auto found = calls.find(id);
  if (found == calls.end()) return std::nullopt;
  PendingCall call = std::move(found->second);
  calls.erase(found);
  if (call.dropped) return std::nullopt;
  return call;
}

}  // namespace

provider::Media picture_mark() { return {"image/jpeg", provider::Media::Form::Raw, {{}, mark()}}; }

std::shared_ptr<const provider::Route> route_of(const State& state, const Connection& connection,
                                                const std::string& model) {
  const provider::Catalogue& all = state.captioning.all();
  if (connection.kind == ConnectionKind::OnThisMachine) return free_route(model);
  if (connection.kind == ConnectionKind::Relay) {
    const ModelOffer* offer = offer_in(connection, model);
    return offer ? relay_route(all, connection, *offer) : nullptr;
  }
  const provider::Provider* provider = all.provider(connection.provider);
  if (provider == nullptr || provider_in(model) != provider->id) return nullptr;
  if (connection.base == provider->base) return all.find(model);
  const Result<provider::Catalogue> moved = all.with_base(provider->id, connection.base);
  return moved ? moved->find(model) : nullptr;
}

const Connection* connection_for(const State& state, const std::string& model) {
  const Connection* best = nullptr;
  const auto rank = [&](const Connection& c) {
    const bool offers = offer_in(c, model) != nullptr;
    // An open-ended provider may have a model that its list does not name.
    const bool knows_all = c.kind == ConnectionKind::Relay || c.kind == ConnectionKind::OnThisMachine;
    const bool may = offers || (!knows_all && provider_in(model) == c.provider && c.models.empty());
    if (!may) return 0;
    return (offers ? 4 : 1) + (c.state == ConnectionState::Good ? 8 : 0) + (c.has_secret ? 2 : 0);
  };
  for (const Connection& connection : state.captioning.connections) {
    if (rank(connection) > 0 && (best == nullptr || rank(connection) > rank(*best))) best = &connection;
  }
  return best;
}

CallId send(State& state, PendingCall call, const provider::HttpCall& request,
            const std::optional<BodyPart::Copy>& copy, Effects& effects) {
  const CallId id = state.captioning.next_call++;
  call.started = state.now;
  const Connection* connection = state.captioning.find(call.connection);
  Fetch fetch;
  fetch.call = id;
  fetch.connection = call.connection;
  fetch.method = request.method;
  fetch.url = call.route ? url_of(*call.route, request) : request.url;
  fetch.headers = request.headers;
  if (connection != nullptr) {
    const provider::Provider* provider = state.captioning.all().provider(connection->provider);
    if (connection->kind != ConnectionKind::Relay && provider != nullptr)
      fetch.headers.insert(fetch.headers.end(), provider->browser_headers.begin(),
                           provider->browser_headers.end());
    if (connection->has_secret) fetch.auth = request.auth;
    fetch.timeout_ms = connection->kind == ConnectionKind::Local ? kOwnMachineTimeoutMs : kTimeoutMs;
  }
  fetch.body = parts_of(request.body, copy);
  fetch.stream = request.streams;
  fetch.ledger = call.note;
  if (request.streams && call.route) call.stream.emplace(*call.route);
  state.captioning.calls.emplace(id, std::move(call));
  if (state.captioning.local_only) {
    on(state, FetchFailed{id, "local_only", {ErrorCode::Refused, "“Local only” is on.", ""}}, effects);
  } else {
    effects.emplace_back(std::move(fetch));
  }
  return id;
}

void send_due_polls(State& state, Effects& effects) {
  std::vector<std::pair<PendingCall, provider::HttpCall>> due;
  auto& calls = state.captioning.calls;
  for (auto at = calls.begin(); at != calls.end();) {
    if (!at->second.poll || at->second.poll_at > state.now) {
      ++at;
      continue;
    }
    provider::HttpCall poll = *std::move(at->second.poll);
    at->second.poll.reset();
    due.emplace_back(std::move(at->second), std::move(poll));
    at = calls.erase(at);
  }
  for (auto& [call, poll] : due) {
    const std::uint32_t job = call.job;
    const std::uint32_t task = call.task;
    call.note.what = "Is it ready?";
    const TimeMs started = call.started;
    const CallId id = send(state, std::move(call), poll, {}, effects);
    if (const auto sent = calls.find(id); sent != calls.end()) sent->second.started = started;
    if (Run* run = state.captioning.run_of(job)) run->tasks[task].call = id;
  }
}

void drop_call(State& state, CallId id, Effects& effects) {
  const auto found = state.captioning.calls.find(id);
  if (found == state.captioning.calls.end() || found->second.dropped) return;
  if (found->second.poll) {  // nothing of it is under way
    state.captioning.calls.erase(found);
    return;
  }
  found->second.dropped = true;
  if (found->second.here) {
    effects.emplace_back(StopLooking{id});
  } else {
    effects.emplace_back(CancelFetch{id});
  }
}

void set_local_only(State& state, bool on, Effects& effects) {
  if (state.captioning.local_only == on) return;
  state.captioning.local_only = on;
  effects.emplace_back(SetLocalOnly{on});
  if (on) {
    for (Run& run : state.captioning.runs) {
      if (run.pacer.finished() || runs_here(state, run.spec)) continue;
      pause_run(state, run, effects);
      run.halted = "“Local only” is on, so nothing is sent.";
    }
  }
  store_device(state, effects);
  show_toast(state, effects,
             on ? "Local only: nothing can leave this machine now." : "Sending is possible again.", false,
             "local-only");
}

void on(State& state, const FetchSent& event, Effects&) {
  const auto found = state.captioning.calls.find(event.call);
  LedgerRow row;
  row.call = event.call;
  row.time = state.now;
  if (found != state.captioning.calls.end()) row.note = found->second.note;
  row.bytes = event.bytes;
  row.copy = event.copy;
  row.host = event.host;
  state.captioning.ledger.push_back(std::move(row));
}

void on(State& state, const FetchHead& event, Effects&) {
  const auto found = state.captioning.calls.find(event.call);
  if (found == state.captioning.calls.end()) return;
  found->second.status = event.status;
  found->second.headers = event.headers;
}

void on(State& state, const FetchPart& event, Effects&) {
  const auto found = state.captioning.calls.find(event.call);
  if (found == state.captioning.calls.end() || found->second.dropped) return;
  PendingCall& call = found->second;
  if (!call.stream || call.status >= 400) {
    call.shown += event.text;  // the words of an error, to be read when they are complete
    return;
  }
  call.shown += call.stream->feed(event.text).text;
  if (Run* run = state.captioning.run_of(call.job)) run->tasks[call.task].text = call.shown;
}

void on(State& state, const FetchDone& event, Effects& effects) {
  std::optional<PendingCall> call = taken(state, event.call);
  if (!call) return;
  const bool good = event.status >= 200 && event.status <= 299;
  if (call->purpose == PendingCall::For::Task && call->stream && good) {
    call->headers = event.headers;
    call->stream->feed(event.text);
    return task_stream_ended(state, *call, effects);
  }
  const std::string body = call->stream && call->status >= 400 ? call->shown + event.text : event.text;
  const HttpReply reply{event.status, event.headers, body};
  switch (call->purpose) {
    case PendingCall::For::Models: return models_replied(state, *call, reply, effects);
    case PendingCall::For::Usage: return usage_replied(state, *call, reply);
    case PendingCall::For::Task: return task_replied(state, *call, reply, effects);
  }
}

void on(State& state, const FetchFailed& event, Effects& effects) {
  std::optional<PendingCall> call = taken(state, event.call);
  if (!call) return;
  if (call->purpose == PendingCall::For::Task) return task_failed(state, *call, event, effects);
  Connection* connection = state.captioning.find(call->connection);
  if (connection != nullptr && call->purpose == PendingCall::For::Models)
    connection_failed(state, *connection, event.error, effects);
}

}  // namespace vignette
