#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "wasm/app/args.hpp"
#include "wasm/app/parts.hpp"

namespace vignette {

/// One run of a command: what it may read and change, and what it says to the script that called it, if one
/// did.
struct Call {
  State& state;
  Args args;
  std::uint32_t request;
  Effects& effects;
  bool answers_later = false;
  nlohmann::json result = nullptr;
  std::optional<Error> error;
};
using Handler = void (*)(Call&);
using Handlers = std::map<std::string_view, Handler>;

/// What the commands of datasets, history and storage do (running_storage.cpp); the others are in
/// running.cpp.
const Handlers& storage_handlers();
/// Those of captioning: caption_commands.cpp, device_commands.cpp and form_commands.cpp.
const Handlers& caption_handlers();
const Handlers& device_handlers();
const Handlers& form_handlers();

/// "export" (export_command.cpp).
void export_command(Call& call);
/// Goes to a room; what is being typed is saved.
void go_to(Call& call, Room room);
/// Opens a text field, as a click on it does.
void open_field(Call& call, const char* field, const ItemId& item = {});
/// The items the "scope" argument means.
std::vector<ItemId> scope_items(Call& call);

}  // namespace vignette
