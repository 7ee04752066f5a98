#include <algorithm>
#include <nlohmann/json.hpp>

#include "wasm/app/commands.hpp"
#include "wasm/app/wire.hpp"
#include "wasm/platform/exports.hpp"
#include "wasm/platform/frame_json.hpp"
#include "wasm/platform/runtime.hpp"

// Events in, descriptions out: what the rest of the page, scripts and tests use.

namespace vignette {

const char* returned(std::string text) {
  static std::string kept;
  kept = std::move(text);
  return kept.c_str();
}

}  // namespace vignette

using namespace vignette;

/// "" or what is wrong with the event.
VIGNETTE_EXPORT const char* vignette_event(const char* json) {
  Result<Event> event = from_wire(json);
  if (!event) return returned(event.error().message);
  runtime().send(std::move(*event));
  return "";
}

VIGNETTE_EXPORT void vignette_run(unsigned request, const char* id, const char* args_json) {
  runtime().send(RunCommand{id, args_json, request});
}

/// A chord as in CommandInfo::keys. True when a command took it.
VIGNETTE_EXPORT bool vignette_chord(const char* chord, bool field_focused) {
  const CommandInfo* command = command_for_keys(chord, field_focused);
  if (!command || !is_enabled(runtime().state(), command->id)) return false;
  // Under a dialog the app stands still: arrows and letters are the dialog's.
  const bool is_dialogs = command->id == "view.back" || command->id == "dialog.confirm";
  if (runtime().state().session.dialog != Dialog::None && !is_dialogs) return false;
  runtime().send(RunCommand{std::string(command->id)});
  return true;
}

/// Enter in the palette: runs the chosen row.
VIGNETTE_EXPORT void vignette_run_palette_row() {
  const State& state = runtime().state();
  const auto typed = state.session.fields.find("palette");
  const auto rows = palette_rows(state, typed == state.session.fields.end() ? "" : typed->second);
  const auto row = static_cast<std::size_t>(std::max(0, state.session.palette_row));
  if (row < rows.size()) runtime().send(RunCommand{std::string(rows[row]->id)});
}

VIGNETTE_EXPORT const char* vignette_state() { return returned(describe_state(runtime().state())); }

VIGNETTE_EXPORT const char* vignette_commands() {
  nlohmann::json list = nlohmann::json::array();
  const State& state = runtime().state();
  for (const CommandInfo& command : commands()) {
    list.push_back({{"id", command.id},
                    {"title", title_now(state, command)},
                    {"keys", command.keys},
                    {"enabled", is_enabled(state, command.id)}});
  }
  return returned(list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

VIGNETTE_EXPORT const char* vignette_nodes() { return returned(nodes_json(runtime().last_frame().nodes)); }
