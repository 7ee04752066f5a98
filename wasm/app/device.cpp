#include "shared/caption/preset_json.hpp"
#include "wasm/app/captioning_parts.hpp"

// What this device keeps beside the datasets: where models are (without keys), the person's own presets and
// catalogue entries, and the switch that forbids sending.

namespace vignette {
namespace {

constexpr const char* kKinds[] = {"relay", "direct", "local"};  // what is always there is not kept

Connection connection_from(const Json& entry) {
  Connection out;
  out.number = static_cast<ConnectionId>(integer_at(entry, "number").value_or(0));
  const std::string kind = text_at(entry, "kind");
  for (int i = 0; i < 3; ++i) {
    if (kind == kKinds[i]) out.kind = static_cast<ConnectionKind>(i);
  }
  out.provider = text_at(entry, "provider");
  out.base = text_at(entry, "base");
  out.name = text_at(entry, "name");
  out.session = flag_at(entry, "session");
  out.verdict = "Type the key or code again to use it.";
  return out;
}

}  // namespace

void store_device(const State& state, Effects& effects) {
  const Captioning& captioning = state.captioning;
  Json connections = Json::array();
  for (const Connection& c : captioning.connections) {
    if (c.kind == ConnectionKind::OnThisMachine) continue;
    connections.push_back(Json{{"number", c.number},
                               {"kind", kKinds[static_cast<int>(c.kind)]},
                               {"provider", c.provider},
                               {"base", c.base},
                               {"name", c.name},
                               {"session", c.session}});
  }
  const Json all = {
      {"connections", std::move(connections)},
      {"model", captioning.form.model},
      {"preset", captioning.form.preset},
      {"local_only", captioning.local_only},
      {"own_entries", captioning.own_entries},
      {"presets", captioning.presets.empty() ? "" : caption::write_presets(captioning.presets)}};
  effects.emplace_back(StoreConnections{write_json(all)});
}

Result<Done> restore_device(State& state, const std::string& text) {
  if (text.empty()) return Done{};
  const Result<Json> all = parse_json(text);
  if (!all) {
    return Error{ErrorCode::InvalidInput, "The connections and presets of this device cannot be read.",
                 "Connect again, and import your presets from a file."};
  }
  Captioning& captioning = state.captioning;
  for (const Json& entry : items_at(*all, "connections")) {
    Connection connection = connection_from(entry);
    if (connection.number == 0 || captioning.find(connection.number)) continue;
    captioning.next_connection = std::max(captioning.next_connection, connection.number + 1);
    captioning.connections.push_back(std::move(connection));
  }
  if (captioning.form.model.empty()) captioning.form.model = text_at(*all, "model");
  captioning.local_only = captioning.local_only || flag_at(*all, "local_only");
  if (const Result<Done> own = set_own_entries(state, text_at(*all, "own_entries")); !own) return own;
  const std::string presets = text_at(*all, "presets");
  if (!presets.empty()) {
    auto read = caption::read_presets(presets);
    if (!read) return read.error();
    int number = 0;
    for (caption::Preset& preset : *read) preset.id = "own." + std::to_string(++number);
    captioning.presets = *std::move(read);
  }
  if (const std::string preset = text_at(*all, "preset"); find_preset(state, preset))
    captioning.form.preset = preset;
  return Done{};
}

Result<Done> set_own_entries(State& state, const std::string& json) {
  if (json.empty()) {
    state.captioning.own_entries.clear();
    state.captioning.catalogue.reset();
    return Done{};
  }
  Result<provider::Catalogue> merged = provider::Catalogue::built_in().merge(json);
  if (!merged) return merged.error();
  state.captioning.own_entries = json;
  state.captioning.catalogue = std::make_shared<const provider::Catalogue>(*std::move(merged));
  return Done{};
}

}  // namespace vignette
