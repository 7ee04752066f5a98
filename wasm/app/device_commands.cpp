#include "shared/caption/preset_json.hpp"
#include "wasm/app/call.hpp"
#include "wasm/app/captioning_parts.hpp"

// What the commands about connections, presets, the ledger and the generate panel do.

namespace vignette {
namespace {

void refuse(Call& call, const Error& error) {
  call.error = error;
  call.answers_later = false;
  if (call.request == 0) show_error(call.state, call.effects, error);
}

void connect_with(Call& call, const ConnectWish& wish) {
  if (call.args.error()) return;
  call.answers_later = true;  // the models come later, or the reason why not
  const auto number = connect(call.state, wish, call.request, call.effects);
  if (!number) refuse(call, number.error());
}

void connect_by_args(Call& call) {
  ConnectWish wish;
  wish.secret = call.args.text("key", "");
  if (call.args.has("code")) wish.secret = call.args.text("code");
  wish.provider = call.args.text("provider", "");
  wish.relay = call.args.text("relay", "");
  wish.by_relay = call.args.has("relay");
  wish.base = call.args.text("base", "");
  wish.remember = call.args.flag("remember", false);
  connect_with(call, wish);
}

/// What stands in the fields of the connect card. The secret leaves the app with this.
void connect_typed(Call& call) {
  auto& fields = call.state.session.fields;
  ConnectWish wish;
  wish.secret = fields["connect-secret"];
  wish.relay = fields["connect-relay"];
  wish.by_relay = !wish.relay.empty();
  wish.remember = call.state.captioning.remember;
  fields["connect-secret"].clear();
  Draft& draft = call.state.session.draft;
  if (draft.field == "connect-secret") {
    draft = {};
    call.effects.emplace_back(FocusField{""});
  }
  connect_with(call, wish);
}

Connection* connection_meant(Call& call) {
  Connection* found =
      call.state.captioning.find(static_cast<ConnectionId>(std::max(0, call.args.number("number", 0))));
  if (found == nullptr && !call.args.error())
    refuse(call, {ErrorCode::NotFound, "There is no such connection.", "connections.list names them."});
  return found;
}

void list_connections(Call& call) {
  call.result = nlohmann::json::array();
  for (const Connection& connection : call.state.captioning.connections)
    call.result.push_back(describe(connection));
}

void test(Call& call) {
  Connection* connection = connection_meant(call);
  if (connection == nullptr) return;
  if (call.request != 0) connection->requests.push_back(call.request);
  call.answers_later = true;
  test_connection(call.state, *connection, call.effects);
}

void own_entries(Call& call) {
  const std::string json = call.args.text("json");
  if (call.args.error()) return;
  if (const auto done = set_own_entries(call.state, json); !done) return refuse(call, done.error());
  store_device(call.state, call.effects);
  show_toast(call.state, call.effects,
             json.empty() ? "Your own entries are gone." : "Your entries are in use.");
}

void look_for_servers(Call& call) {
  if (call.state.captioning.local_only)
    return refuse(call,
                  {ErrorCode::Refused, "“Local only” is on, so nothing is sent.", "Switch it off first."});
  call.state.captioning.looking_for_servers = true;
  call.effects.emplace_back(FindLocalServers{});
}

void switch_local_only(Call& call) {
  const bool on = call.args.flag("on", !call.state.captioning.local_only);
  if (call.args.error()) return;
  set_local_only(call.state, on, call.effects);
  call.result = {{"on", on}};
}

void list_presets(Call& call) {
  call.result = nlohmann::json::array();
  static constexpr const char* kShapes[] = {"prose", "tags", "description"};
  for (const caption::Preset* preset : all_presets(call.state)) {
    call.result.push_back({{"id", preset->id},
                           {"name", preset->name},
                           {"built_in", preset->built_in},
                           {"category", preset->category},
                           {"length", preset->length},
                           {"shape", kShapes[static_cast<int>(preset->shape)]},
                           {"system", preset->system},
                           {"prompt", preset->prompt},
                           {"parameters", caption::write_parameters(preset->parameters)}});
  }
}

void save_by_args(Call& call) {
  Args given = call.args.inside("preset");
  const auto json = parse_json(given.raw().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  auto preset = json ? caption::preset_from(*json) : Result<caption::Preset>(json.error());
  if (!preset) return refuse(call, preset.error());
  preset->id = call.args.text("id", "");
  if (call.args.error()) return;
  const auto id = save_preset(call.state, *std::move(preset), call.effects);
  if (!id) return refuse(call, id.error());
  call.result = {{"id", *id}};
}

void delete_by_id(Call& call) {
  const std::string id = call.args.text("id");
  if (call.args.error()) return;
  if (const auto done = delete_preset(call.state, id, call.effects); !done) refuse(call, done.error());
}

void import_from(Call& call) {
  if (!call.args.has("json") && call.request == 0) {
    call.effects.emplace_back(PickText{"presets", ".json"});
    return;
  }
  const auto read = import_presets(call.state, call.args.text("json"), call.effects);
  if (!read) return refuse(call, read.error());
  call.result = {{"imported", *read}};
}

void export_presets(Call& call) {
  if (call.state.captioning.presets.empty())
    return refuse(call, {ErrorCode::NotFound, "There are no presets of your own yet.", "Save one first."});
  std::string text = caption::write_presets(call.state.captioning.presets);
  if (call.request != 0) {
    call.result = {{"json", std::move(text)}};
  } else {
    call.effects.emplace_back(SaveText{0, "vignette_presets.json", "application/json", std::move(text)});
  }
}

void export_ledger(Call& call) {
  call.answers_later = call.request != 0;
  call.effects.emplace_back(
      SaveText{call.request, "ledger.csv", "text/csv;charset=utf-8", ledger_csv(call.state)});
}

}  // namespace

const Handlers& device_handlers() {
  static const Handlers kHandlers = {
      {"connect", connect_by_args},
      {"connect.typed", connect_typed},
      {"connect.remember",
       [](Call& c) { c.state.captioning.remember = c.args.flag("on", !c.state.captioning.remember); }},
      {"connections.list", list_connections},
      {"connections.test", test},
      {"connections.forget",
       [](Call& c) {
         const Connection* found = connection_meant(c);
         if (found == nullptr) return;
         if (found->kind == ConnectionKind::OnThisMachine)
           return refuse(c, {ErrorCode::Refused, "The captioner on this machine is always there.", ""});
         forget_connection(c.state, found->number, c.effects);
       }},
      {"connections.find-local", look_for_servers},
      {"connections.own-entries", own_entries},
      {"local-only", switch_local_only},
      {"presets.list", list_presets},
      {"presets.save", save_by_args},
      {"presets.delete", delete_by_id},
      {"presets.import", import_from},
      {"presets.export", export_presets},
      {"ledger", [](Call& c) { c.result = describe_ledger(c.state); }},
      {"ledger.export", export_ledger},
      {"room.ledger", [](Call& c) { go_to(c, Room::Ledger); }},
  };
  return kHandlers;
}

}  // namespace vignette
