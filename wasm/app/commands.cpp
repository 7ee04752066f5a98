#include "wasm/app/commands.hpp"

#include <algorithm>
#include <array>

#include "shared/base/utf8.hpp"
#include "wasm/app/captioning_parts.hpp"

namespace vignette {
namespace {

// The order is the palette's when nothing is typed.
constexpr std::array kCommands = {
    CommandInfo{"items.add", "Add pictures…", "Ctrl+O"},
    CommandInfo{"items.add-folder", "Add a folder…", "Ctrl+Shift+O"},
    CommandInfo{"sample.load", "Load the sample set", ""},
    CommandInfo{"room.datasets", "Go to your datasets", "Alt+D"},
    CommandInfo{"datasets.new", "New dataset…", ""},
    CommandInfo{"project.open", "Open a project file…", ""},
    CommandInfo{"project.save", "Save the dataset as a project file", "Ctrl+Shift+S", true, true},
    CommandInfo{"undo", "Undo", "Ctrl+Z"},
    CommandInfo{"redo", "Redo", "Ctrl+Shift+Z, Ctrl+Y"},
    CommandInfo{"history.toggle", "History", "Ctrl+H", true, true},
    CommandInfo{"room.library", "Go to Library", "Alt+L"},
    CommandInfo{"room.caption", "Go to Caption", "Alt+C"},
    CommandInfo{"room.export", "Go to Export", "Ctrl+E", true, true},
    CommandInfo{"room.settings", "Go to Settings", "Ctrl+,"},
    CommandInfo{"view.grid", "Show the grid", "G"},
    CommandInfo{"view.single", "Show one picture large", "V"},
    CommandInfo{"item.next", "Next picture", "ArrowRight, ArrowDown"},
    CommandInfo{"item.previous", "Previous picture", "ArrowLeft, ArrowUp"},
    CommandInfo{"item.first", "First picture", "Home"},
    CommandInfo{"item.last", "Last picture", "End"},
    CommandInfo{"item.next-uncaptioned", "Next picture without a caption", "U"},
    CommandInfo{"caption.edit", "Edit the caption", "E"},
    CommandInfo{"caption.save-next", "Save the caption, next picture", "Ctrl+Enter", true, true},
    CommandInfo{"caption.save-next-uncaptioned", "Save the caption, next without one", "Ctrl+Shift+Enter",
                true, true},
    CommandInfo{"caption.generate", "Generate captions", "Ctrl+G", true, true},
    CommandInfo{"caption.this", "Generate the caption of this picture", "C"},
    CommandInfo{"caption.pause", "Pause generating", ""},
    CommandInfo{"caption.resume", "Go on generating", ""},
    CommandInfo{"caption.cancel", "Stop generating", ""},
    CommandInfo{"caption.retry", "Retry the pictures that failed", ""},
    CommandInfo{"describe.generate", "Describe pictures in a structured way", ""},
    CommandInfo{"caption.compare", "Compare two models on this picture", ""},
    CommandInfo{"caption.fix", "Fix what the checks found in this caption", ""},
    CommandInfo{"suggestions.accept", "Accept all suggestions", ""},
    CommandInfo{"suggestions.dismiss", "Dismiss all suggestions", ""},
    CommandInfo{"room.ledger", "Go to the ledger: what left this machine", ""},
    CommandInfo{"ledger.export", "Save the ledger as a table", ""},
    CommandInfo{"local-only", "Switch “local only” on or off", ""},
    CommandInfo{"connections.find-local", "Look for model servers on this machine", ""},
    CommandInfo{"presets.edit", "Edit the preset", ""},
    CommandInfo{"presets.import", "Import presets…", ""},
    CommandInfo{"presets.export", "Export presets", ""},
    CommandInfo{"items.select-all", "Select all", "Ctrl+A"},
    CommandInfo{"items.select-none", "Select nothing", ""},
    CommandInfo{"items.invert", "Invert the selection", "Ctrl+I"},
    CommandInfo{"items.select-uncaptioned", "Select pictures without a caption", ""},
    CommandInfo{"items.remove", "Remove the selected pictures from the dataset…", "Delete"},
    CommandInfo{"export", "Export the training ZIP", "Ctrl+Shift+E", true, true},
    CommandInfo{"dataset.new", "New, empty dataset…", ""},
    CommandInfo{"catalogue.save", "Save the catalogue as an SQLite file", ""},
    CommandInfo{"catalogue.save-damaged", "Save the damaged catalogue", ""},
    CommandInfo{"datasets.duplicate", "Duplicate this dataset", ""},
    CommandInfo{"datasets.ask-rename", "Rename this dataset…", ""},
    CommandInfo{"datasets.delete", "Delete this dataset", ""},
    CommandInfo{"datasets.restore", "Restore the deleted dataset", ""},
    CommandInfo{"storage.retry", "Save again", ""},
    CommandInfo{"storage.take-over", "Take over editing", ""},
    CommandInfo{"storage.persist", "Ask the browser to keep the datasets", ""},
    CommandInfo{"folder.link", "Keep captions next to the pictures…", ""},
    CommandInfo{"folder.unlink", "Stop keeping captions next to the pictures", ""},
    CommandInfo{"folder.resume", "Allow access to the folder of the pictures…", ""},
    CommandInfo{"items.select-missing", "Select pictures whose files cannot be read", ""},
    CommandInfo{"theme.toggle", "Switch between dark and light", ""},
    CommandInfo{"palette.open", "All commands", "Ctrl+K", false, true},
    CommandInfo{"help.keys", "Keyboard shortcuts", "?"},
    CommandInfo{"help.about", "About Vignette and its licences", ""},
    CommandInfo{"view.back", "Close, or go back", "Escape", false, false},
    // With arguments: for scripts and for the views.
    CommandInfo{"items.select", "Select pictures by id", "", false},
    CommandInfo{"items.remove-now", "Remove pictures by id", "", false},
    CommandInfo{"dataset.new-now", "Start an empty dataset without asking", "", false},
    CommandInfo{"dataset.rename", "Rename the dataset", "", false},
    CommandInfo{"dataset.context", "Set the context", "", false},
    CommandInfo{"caption.set", "Set a caption", "", false},
    CommandInfo{"caption.affix", "Add a prefix or suffix to captions", "", false},
    CommandInfo{"item.thumbnail", "Thumbnail of a picture", "", false},
    CommandInfo{"item.copy", "The copy of a picture that a model would get", "", false},
    CommandInfo{"dialog.confirm", "Confirm the dialog", "Enter", false, true},
    CommandInfo{"caption.replace", "Replace words in captions", "", false},
    CommandInfo{"caption.history", "Every text a caption had", "", false},
    CommandInfo{"caption.restore", "Bring back an earlier text of a caption", "", false},
    CommandInfo{"history.list", "List the steps that can be undone", "", false},
    CommandInfo{"history.go", "Go back or forward to a step", "", false},
    CommandInfo{"datasets.list", "List the datasets of this browser", "", false},
    CommandInfo{"datasets.open", "Open a dataset", "", false},
    CommandInfo{"datasets.create", "Create a dataset", "", false},
    CommandInfo{"datasets.rename", "Rename a dataset", "", false},
    CommandInfo{"storage.usage", "What takes how much room", "", false},
    CommandInfo{"jobs.continue", "Continue the interrupted job", ""},
    CommandInfo{"jobs.discard", "Forget the interrupted job", ""},
    CommandInfo{"jobs.cancel", "Cancel the running job", "", true},
    CommandInfo{"jobs.report", "Show what was rejected", "", true},
    CommandInfo{"connect", "Connect to models", "", false},
    CommandInfo{"connect.typed", "Connect with what is typed", "", false},
    CommandInfo{"connect.remember", "Remember the key on this device", "", false},
    CommandInfo{"connections.list", "Where models are", "", false},
    CommandInfo{"connections.test", "Test a connection", "", false},
    CommandInfo{"connections.forget", "Forget a connection", "", false},
    CommandInfo{"connections.own-entries", "Own providers and models", "", false},
    CommandInfo{"caption.estimate", "What generating would take", "", false},
    CommandInfo{"caption.refine", "Refine captions by an instruction", "", false},
    CommandInfo{"caption.compare-choose", "Choose words of a comparison", "", false},
    CommandInfo{"caption.compare-keep", "Keep a compared caption", "", false},
    CommandInfo{"caption.compare-close", "Close the comparison", "", false},
    CommandInfo{"caption.check", "Check a caption", "", false},
    CommandInfo{"description.set", "Set a structured description", "", false},
    CommandInfo{"item.category", "Set the category of pictures", "", false},
    CommandInfo{"item.blackout", "Black out parts of a picture", "", false},
    CommandInfo{"dataset.trigger", "Set the trigger word", "", false},
    CommandInfo{"generate.set", "Set a value of the generate panel", "", false},
    CommandInfo{"presets.list", "List presets", "", false},
    CommandInfo{"presets.save", "Save a preset", "", false},
    CommandInfo{"presets.delete", "Delete a preset", "", false},
    CommandInfo{"presets.draft", "Change the preset being edited", "", false},
    CommandInfo{"presets.keep", "Save the preset being edited", "", false},
    CommandInfo{"presets.try", "Try the preset being edited on one picture", "", false},
    CommandInfo{"ledger", "What left this machine", "", false},
};

constexpr std::string_view kEdits[] = {"items.add",
                                       "items.add-folder",
                                       "sample.load",
                                       "undo",
                                       "redo",
                                       "items.remove",
                                       "items.remove-now",
                                       "dataset.rename",
                                       "dataset.context",
                                       "caption.set",
                                       "caption.affix",
                                       "caption.replace",
                                       "caption.restore",
                                       "history.go",
                                       "dataset.new",
                                       "dataset.new-now",
                                       "jobs.continue",
                                       "caption.generate",
                                       "caption.this",
                                       "caption.retry",
                                       "caption.fix",
                                       "caption.compare-keep",
                                       "describe.generate",
                                       "description.set",
                                       "suggestions.accept",
                                       "item.category",
                                       "item.blackout",
                                       "dataset.trigger"};

/// Nothing when the command is none of the storage side's.
std::optional<bool> is_storage_enabled(const State& state, std::string_view id) {
  const Storage& storage = state.storage;
  if (id == "dialog.confirm") {
    const Dialog dialog = state.session.dialog;
    return dialog == Dialog::NewDataset || dialog == Dialog::RenameDataset;
  }
  if (id == "datasets.restore") return !storage.trashed.empty();
  if (id == "datasets.new") return storage.open && storage.mode != StorageMode::Memory;
  if (id.starts_with("datasets.")) return storage.started;
  if (id == "catalogue.save-damaged") return storage.open && storage.mode == StorageMode::Damaged;
  if (id.starts_with("project.") || id == "catalogue.save") return storage.open || storage.opening;
  if (id == "storage.retry") return storage.trouble.has_value();
  if (id == "storage.take-over") return storage.open && storage.mode == StorageMode::ReadOnly;
  if (id.starts_with("storage.")) return storage.started;
  if (id == "folder.link") return storage.open && storage.folder.empty();
  if (id == "folder.unlink") return !storage.folder.empty();
  if (id == "folder.resume") return !storage.folders_waiting.empty();
  if (id == "items.select-missing") return !storage.missing.empty();
  if (id == "jobs.continue" || id == "jobs.discard") return !storage.interrupted.empty();
  return std::nullopt;
}

bool has_running_job(const State& state) {
  return std::any_of(state.jobs.begin(), state.jobs.end(),
                     [](const Job& j) { return j.state == JobState::Running; });
}

bool has_rejections(const State& state) {
  return std::any_of(state.jobs.begin(), state.jobs.end(),
                     [](const Job& j) { return !j.rejected.empty() || !j.notes.empty(); });
}

/// Whether left and right walk through single pictures; in the grid they move the cursor, which the view
/// does.
bool walks_pictures(const State& state) {
  return state.session.room == Room::Caption ||
         (state.session.room == Room::Library && state.session.single_view);
}

bool starts_a_word(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '-';
}

/// 0 = no match; more is better. Every typed word must occur; beginnings of words count more.
int match_score(std::string_view title, std::string_view typed) {
  const std::string haystack = to_lower_ascii(title);
  int score = 1;
  std::string_view rest = trim(typed);
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    const std::string word = to_lower_ascii(rest.substr(0, space));
    rest = space == std::string_view::npos ? std::string_view{} : trim(rest.substr(space));
    const std::size_t at = haystack.find(word);
    if (at == std::string::npos) return 0;
    score += at == 0 ? 3 : starts_a_word(haystack, at) ? 2 : 1;
  }
  return score;
}

}  // namespace

bool edits_document(std::string_view id) {
  return std::find(std::begin(kEdits), std::end(kEdits), id) != std::end(kEdits);
}

bool changes_dataset(std::string_view id) {
  if (edits_document(id)) return id != "items.add" && id != "items.add-folder";
  return (id.starts_with("datasets.") && id != "datasets.list") || id.starts_with("project.") ||
         id == "catalogue.save";
}

std::span<const CommandInfo> commands() { return kCommands; }

const CommandInfo* find_command(std::string_view id) {
  const auto* const found =
      std::find_if(kCommands.begin(), kCommands.end(), [&](const CommandInfo& c) { return c.id == id; });
  return found == kCommands.end() ? nullptr : &*found;
}

bool is_enabled(const State& state, std::string_view id) {
  const Session& session = state.session;
  const bool has_items = !state.document().items.empty();
  if (const auto storage = is_storage_enabled(state, id)) return *storage;
  if (const auto known = captioning_enabled(state, id)) return *known;
  if (id == "undo") return state.history.can_undo();
  if (id == "redo") return state.history.can_redo();
  if (id == "item.next" || id == "item.previous" || id == "item.first" || id == "item.last")
    return has_items && walks_pictures(state);
  if (id == "view.grid") return session.room == Room::Library && session.single_view;
  if (id == "caption.save-next" || id == "caption.save-next-uncaptioned")
    return has_items && session.room == Room::Caption;
  if (id == "view.single" || id == "item.next-uncaptioned" || id == "caption.edit" ||
      id == "items.select-all" || id == "items.invert" || id == "items.select-uncaptioned" ||
      id == "export" || id == "dataset.new") {
    return has_items;
  }
  if (id == "items.remove" || id == "items.select-none") return !session.selection.ids.empty();
  if (id == "jobs.cancel") return has_running_job(state);
  if (id == "jobs.report") return has_rejections(state);
  return find_command(id) != nullptr;
}

std::string title_now(const State& state, const CommandInfo& command) {
  const std::string title(command.title);
  if (command.id == "undo" && state.history.can_undo()) return title + ": " + state.history.undo_label();
  if (command.id == "redo" && state.history.can_redo()) return title + ": " + state.history.redo_label();
  if (command.id == "items.remove" && !state.session.selection.ids.empty()) {
    return "Remove " + std::to_string(state.session.selection.ids.size()) + " selected from the dataset…";
  }
  return title;
}

const CommandInfo* command_for_keys(std::string_view chord, bool field_focused) {
  for (const CommandInfo& command : kCommands) {
    if (field_focused && !command.in_fields) continue;
    std::string_view keys = command.keys;
    while (!keys.empty()) {
      const std::size_t comma = keys.find(", ");
      if (keys.substr(0, comma) == chord) return &command;
      if (comma == std::string_view::npos) break;
      keys.remove_prefix(comma + 2);
    }
  }
  return nullptr;
}

std::vector<const CommandInfo*> palette_rows(const State& state, std::string_view typed) {
  std::vector<std::pair<int, const CommandInfo*>> scored;
  for (const CommandInfo& command : kCommands) {
    if (!command.in_palette || !is_enabled(state, command.id)) continue;
    const int score = match_score(title_now(state, command), typed);
    if (score > 0) scored.emplace_back(score, &command);
  }
  std::sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;  // the registry's order breaks ties
  });
  std::vector<const CommandInfo*> rows;
  rows.reserve(scored.size());
  for (const auto& [score, command] : scored) rows.push_back(command);
  return rows;
}

}  // namespace vignette
