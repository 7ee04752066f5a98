#include <algorithm>

#include "shared/base/utf8.hpp"
#include "shared/provider/adapter.hpp"
#include "shared/provider/listing.hpp"
#include "shared/provider/recognise.hpp"
#include "wasm/app/captioning_parts.hpp"

// Connections: where models are, and whether they answer. A secret passes through here once, on its way from
// the field to the web layer.

namespace vignette {
namespace {

using provider::Ability;
using provider::HttpReply;

Result<std::string> address(std::string_view typed) {
  std::string base(trim(typed));
  while (base.ends_with('/')) base.pop_back();
  if (base.empty() || base.starts_with("https://") || base.starts_with("http://")) return base;
  return Error{ErrorCode::InvalidInput, "“" + base + "” is not an address.",
               "Write it with https:// in front."};
}

std::string host_of(const std::string& base) {
  const std::size_t scheme = base.find("://");
  const std::string rest = scheme == std::string::npos ? base : base.substr(scheme + 3);
  return rest.substr(0, rest.find('/'));
}

std::string name_for(const Connection& connection, const provider::Provider* provider) {
  const std::string whose = provider ? provider->name : connection.provider;
  if (connection.kind == ConnectionKind::Local) return whose + " on this machine";
  if (connection.kind == ConnectionKind::Direct) return whose + ", directly";
  const std::string where = connection.base.empty() ? "this site" : host_of(connection.base);
  return (connection.provider.empty() ? "Access code at " : whose + " key through ") + where;
}

bool is_loopback(const std::string& base) {
  const std::string host = host_of(base);
  return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

Result<Connection> planned(const State& state, const ConnectWish& wish) {
  const provider::Catalogue& all = state.captioning.all();
  Connection out;
  out.provider = wish.provider.empty() ? std::string(provider::provider_of_key(wish.secret)) : wish.provider;
  const provider::Provider* provider = all.provider(out.provider);
  if (!out.provider.empty() && provider == nullptr) {
    return Error{ErrorCode::NotFound, "There is no provider “" + out.provider + "”.",
                 "Add it as an entry in Settings, or correct the name."};
  }
  const Result<std::string> relay = address(wish.relay);
  if (!relay) return relay.error();
  const Result<std::string> base = address(wish.base);
  if (!base) return base.error();
  if (provider == nullptr || wish.by_relay || (provider->browser == "no" && base->empty())) {
    out.kind = ConnectionKind::Relay;
    out.base = *relay;
    out.session = provider == nullptr;
  } else {
    out.provider = provider->id;
    out.base = base->empty() ? provider->base : *base;
    out.kind =
        is_loopback(out.base) && provider->key_env.empty() ? ConnectionKind::Local : ConnectionKind::Direct;
  }
  if (out.kind != ConnectionKind::Local && trim(wish.secret).empty()) {
    return Error{ErrorCode::InvalidInput, "There is no code and no key.",
                 "Type the access code you were given, or a key of your own."};
  }
  out.name = name_for(out, provider);
  return out;
}

/// The same place again renews the connection there instead of adding a second.
Connection& place_for(State& state, Connection made) {
  auto& all = state.captioning.connections;
  const auto same = std::find_if(all.begin(), all.end(), [&](const Connection& c) {
    return c.kind == made.kind && c.provider == made.provider && c.base == made.base;
  });
  if (same != all.end()) {
    made.number = same->number;
    made.models = std::move(same->models);
    made.requests = std::move(same->requests);
    *same = std::move(made);
    return *same;
  }
  made.number = state.captioning.next_connection++;
  all.push_back(std::move(made));
  return all.back();
}

provider::HttpCall relay_call(const Connection& connection, const char* path) {
  provider::HttpCall out;
  out.method = "GET";
  out.url = connection.base + path;
  out.auth = {"Authorization", "Bearer "};
  return out;
}

/// A question about the connection itself, not about a picture.
void inquire(State& state, const Connection& connection, PendingCall::For purpose, const char* what,
             const provider::HttpCall& request, Effects& effects) {
  PendingCall call;
  call.purpose = purpose;
  call.connection = connection.number;
  call.note = {what, "", connection.name, ""};
  send(state, std::move(call), request, {}, effects);
}

void ask_models(State& state, Connection& connection, Effects& effects) {
  provider::HttpCall request;
  const provider::Provider* provider = state.captioning.all().provider(connection.provider);
  if (connection.kind != ConnectionKind::Relay && provider != nullptr) {
    const Result<provider::HttpCall> list = provider::list_call(*provider);
    if (!list) return connection_failed(state, connection, list.error(), effects);
    request = *list;
    request.url = connection.base + request.path;
  } else {
    request = relay_call(connection, "/v1/models");
  }
  inquire(state, connection, PendingCall::For::Models, "Which models are there?", request, effects);
}

void ask_usage(State& state, const Connection& connection, Effects& effects) {
  if (connection.kind != ConnectionKind::Relay) return;
  const provider::HttpCall request = relay_call(connection, "/v1/usage");
  inquire(state, connection, PendingCall::For::Usage, "What is left?", request, effects);
}

ModelOffer offer_of(const provider::Route& route) {
  ModelOffer out;
  out.id = full_name(route);
  out.name = route.model.name;
  out.vision = route.model.can(Ability::Vision) || route.model.can(Ability::Tagging);
  out.text = route.model.can(Ability::Text);
  for (const Ability ability : route.model.abilities) out.abilities.emplace_back(name_of(ability));
  out.retires = route.model.retires;
  out.retired = route.model.retired;
  out.replaced_by = route.model.replaced_by;
  return out;
}

/// What the relay's list says, which is made for us.
Result<std::vector<ModelOffer>> relay_models(const HttpReply& reply) {
  const Result<Json> body = parse_json(reply.body);
  if (!body || !member(*body, "data")) {
    return Error{ErrorCode::InvalidInput, "At that address there is no Vignette relay.",
                 "Check the address."};
  }
  std::vector<ModelOffer> out;
  for (const Json& entry : items_at(*body, "data")) {
    ModelOffer model;
    model.id = text_at(entry, "id");
    model.name = text_at(entry, "name", model.id);
    for (const Json& ability : items_at(entry, "abilities")) {
      if (ability.is_string()) model.abilities.push_back(ability.get<std::string>());
    }
    const auto has = [&](const char* ability) {
      return std::find(model.abilities.begin(), model.abilities.end(), ability) != model.abilities.end();
    };
    model.vision = has("vision") || has("tagging");
    model.text = has("text");
    model.retires = text_at(entry, "shutdown_date");
    model.retired = flag_at(entry, "retired");
    model.replaced_by = text_at(entry, "replaced_by");
    if (!model.id.empty()) out.push_back(std::move(model));
  }
  return out;
}

Result<std::vector<ModelOffer>> listed_models(const State& state, const Connection& connection,
                                              const HttpReply& reply) {
  const provider::Catalogue& all = state.captioning.all();
  const provider::Provider* provider = all.provider(connection.provider);
  auto read = provider::read_list(*provider, reply, state.now);
  const auto* list = std::get_if<std::vector<provider::ListedModel>>(&read);
  if (list == nullptr)
    return Error{ErrorCode::InvalidInput, "The answer is not a list of models.", "Check the address."};
  std::vector<ModelOffer> out;
  for (const provider::ListedModel& listed : *list) {
    const auto route = all.find(provider->id + "/" + listed.id);
    if (!route) continue;
    ModelOffer model = offer_of(*route);
    if (!listed.name.empty() && !route->model.listed) model.name = listed.name;
    if (!listed.retires.empty()) model.retires = listed.retires;
    if (listed.vision && !route->model.listed) model.vision = *listed.vision;
    model.retired = model.retired || listed.retired;
    out.push_back(std::move(model));
  }
  return out;
}

std::string verdict_for(const Connection& connection) {
  const auto seeing = std::count_if(connection.models.begin(), connection.models.end(),
                                    [](const ModelOffer& m) { return m.vision && !m.retired; });
  if (seeing == 0)
    return "It answers, but none of its " + std::to_string(connection.models.size()) +
           " models sees pictures.";
  return "It works: " + count_of(static_cast<std::size_t>(seeing), "model sees", "models see") + " pictures.";
}

void answer_requests(Connection& connection, const std::optional<Error>& error, Effects& effects) {
  nlohmann::json models = nlohmann::json::array();
  for (const ModelOffer& model : connection.models) models.push_back(describe(model));
  const nlohmann::json result = {
      {"connection", connection.number}, {"verdict", connection.verdict}, {"models", std::move(models)}};
  for (const std::uint32_t request : connection.requests)
    effects.emplace_back(Reply{request, error ? "null" : result.dump(), error});
  connection.requests.clear();
}

}  // namespace

Result<ConnectionId> connect(State& state, const ConnectWish& wish, std::uint32_t request, Effects& effects) {
  Result<Connection> made = planned(state, wish);
  if (!made) return made.error();
  const std::string secret(trim(wish.secret));
  made->has_secret = !secret.empty();
  made->remembered = wish.remember && made->has_secret;
  Connection& connection = place_for(state, *std::move(made));
  if (!secret.empty()) effects.emplace_back(KeepSecret{connection.number, secret, wish.remember});
  if (request != 0) connection.requests.push_back(request);
  store_device(state, effects);
  const ConnectionId number = connection.number;
  test_connection(state, connection, effects);
  return number;
}

void test_connection(State& state, Connection& connection, Effects& effects) {
  if (connection.kind == ConnectionKind::OnThisMachine) return answer_requests(connection, {}, effects);
  connection.state = ConnectionState::Testing;
  connection.verdict = "Asking…";
  if (state.captioning.local_only) {
    connection_failed(state, connection,
                      {ErrorCode::Refused, "“Local only” is on, so nothing is sent.", "Switch it off first."},
                      effects);
  } else if (connection.session) {
    effects.emplace_back(OpenSession{connection.number, connection.base + "/v1/session"});
  } else {
    ask_models(state, connection, effects);
  }
}

void forget_connection(State& state, ConnectionId number, Effects& effects) {
  effects.emplace_back(ForgetSecret{number});
  std::erase_if(state.captioning.connections, [&](const Connection& c) { return c.number == number; });
  store_device(state, effects);
}

void connection_failed(State&, Connection& connection, const Error& error, Effects& effects) {
  connection.state = ConnectionState::Bad;
  connection.verdict = error.hint.empty() ? error.message : error.message + " " + error.hint;
  effects.emplace_back(Announce{connection.verdict, true});
  answer_requests(connection, error, effects);
}

void models_replied(State& state, const PendingCall& call, const HttpReply& reply, Effects& effects) {
  Connection* connection = state.captioning.find(call.connection);
  if (connection == nullptr) return;
  if (reply.status < 200 || reply.status > 299) {
    const provider::ProviderError wrong = provider::read_error(reply, state.now);
    const std::string said = wrong.message.empty() ? "" : " It says: " + wrong.message;
    return connection_failed(state, *connection,
                             {ErrorCode::Refused, sentence_for(wrong.kind) + said, hint_for(wrong.kind)},
                             effects);
  }
  Result<std::vector<ModelOffer>> models = connection->kind == ConnectionKind::Relay
                                               ? relay_models(reply)
                                               : listed_models(state, *connection, reply);
  if (!models) return connection_failed(state, *connection, models.error(), effects);
  connection->models = *std::move(models);
  connection->state = ConnectionState::Good;
  connection->verdict = verdict_for(*connection);
  if (state.captioning.form.model.empty() || !connection_for(state, state.captioning.form.model)) {
    for (const ModelOffer& model : connection->models) {
      if (!model.vision || model.retired) continue;
      state.captioning.form.model = model.id;
      break;
    }
  }
  effects.emplace_back(Announce{connection->verdict, false});
  answer_requests(*connection, {}, effects);
  ask_usage(state, *connection, effects);
}

void usage_replied(State& state, const PendingCall& call, const HttpReply& reply) {
  Connection* connection = state.captioning.find(call.connection);
  if (connection == nullptr || reply.status != 200) return;
  const Result<Json> body = parse_json(reply.body);
  if (!body) return;
  connection->left.clear();
  const auto add = [&](const std::string& text) {
    connection->left += (connection->left.empty() ? "" : ", ") + text;
  };
  if (const Json* requests = member(*body, "requests")) {
    if (const auto left = integer_at(*requests, "left"))
      add(std::to_string(*left) + " of " + std::to_string(integer_at(*requests, "limit").value_or(0)) +
          " requests left");
  }
  for (const auto& [key, words] : {std::pair("budget", " left"), std::pair("today", " left today")}) {
    const Json* money = member(*body, key);
    const auto left = money ? integer_at(*money, "left_micro") : std::nullopt;
    if (left) add(caption::money_words(*left) + words);
  }
  if (const std::string ends = text_at(*body, "expires_at"); !ends.empty())
    add("valid until " + ends.substr(0, 10));
}

nlohmann::json describe(const ModelOffer& model) {
  return {{"id", model.id},
          {"name", model.name},
          {"abilities", model.abilities},
          {"vision", model.vision},
          {"retires", model.retires},
          {"retired", model.retired},
          {"replaced_by", model.replaced_by}};
}

nlohmann::json describe(const Connection& connection) {
  static constexpr const char* kKinds[] = {"relay", "direct", "local", "on_this_machine"};
  static constexpr const char* kStates[] = {"untested", "testing", "good", "bad"};
  nlohmann::json models = nlohmann::json::array();
  for (const ModelOffer& model : connection.models) models.push_back(describe(model));
  return {{"number", connection.number},
          {"kind", kKinds[static_cast<int>(connection.kind)]},
          {"provider", connection.provider},
          {"base", connection.base},
          {"name", connection.name},
          {"state", kStates[static_cast<int>(connection.state)]},
          {"verdict", connection.verdict},
          {"left", connection.left},
          {"remembered", connection.remembered},
          {"models", std::move(models)}};
}

void on(State& state, const ConnectionsRestored& event, Effects& effects) {
  Captioning& captioning = state.captioning;
  captioning.restored = true;
  if (const Result<Done> done = restore_device(state, event.json); !done)
    show_error(state, effects, done.error());
  for (Connection& connection : captioning.connections) {
    const bool kept = std::find(event.with_secret.begin(), event.with_secret.end(), connection.number) !=
                      event.with_secret.end();
    connection.has_secret = connection.remembered = kept;
    // What needs no key, or whose key is here, can be asked right away; the rest waits for its key.
    if (!state.captioning.local_only && (kept || connection.kind == ConnectionKind::Local))
      test_connection(state, connection, effects);
  }
  if (captioning.local_only) effects.emplace_back(SetLocalOnly{true});
}

void on(State& state, const LocalServersFound& event, Effects& effects) {
  state.captioning.looking_for_servers = false;
  state.captioning.servers = event.servers;
  if (event.servers.empty()) {
    show_toast(
        state, effects,
        "No model server answers on this machine. Ollama, llama.cpp, LM Studio and vLLM are looked for "
        "on their usual ports; each must allow this page's address.");
  }
}

void on(State& state, const SessionOpened& event, Effects& effects) {
  if (Connection* connection = state.captioning.find(event.connection))
    ask_models(state, *connection, effects);
}

void on(State& state, const SessionFailed& event, Effects& effects) {
  if (Connection* connection = state.captioning.find(event.connection))
    connection_failed(state, *connection, event.error, effects);
}

}  // namespace vignette
