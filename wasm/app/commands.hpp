#pragma once
#include <span>
#include <string>
#include <string_view>

#include "wasm/app/state.hpp"

namespace vignette {

/// A named act: one row in the palette, one id for scripts, one chord on the keyboard.
struct CommandInfo {
  std::string_view id;     ///< "room.verb"
  std::string_view title;  ///< "Undo", "Load the sample set"
  std::string_view keys;   ///< "Ctrl+Z", "U", or ""; Ctrl means Cmd on a Mac. Several: "Ctrl+Shift+Z, Ctrl+Y"
  bool in_palette = true;  ///< some only make sense with arguments
  /// Text keys (no modifier) act only while no text field has the focus; this one also while it has.
  bool in_fields = false;
};

/// Commands that change what is in the dataset: refused where another tab writes to it.
bool edits_document(std::string_view id);
/// Those, and the ones that change which dataset is open: they wait until one is.
bool changes_dataset(std::string_view id);

std::span<const CommandInfo> commands();
const CommandInfo* find_command(std::string_view id);
bool is_enabled(const State& state, std::string_view id);
/// Title as it should read now: "Undo “Edit caption of cat.jpg”".
std::string title_now(const State& state, const CommandInfo& command);
/// The command for a chord spelled as in CommandInfo::keys ("Ctrl+K", "ArrowRight", "?"), or nullptr.
const CommandInfo* command_for_keys(std::string_view chord, bool field_focused);

/// Palette rows for what is typed: all enabled commands whose title holds every word, best first.
std::vector<const CommandInfo*> palette_rows(const State& state, std::string_view typed);

}  // namespace vignette
