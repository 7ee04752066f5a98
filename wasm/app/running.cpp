#include <algorithm>

#include "wasm/app/call.hpp"
#include "wasm/app/captioning_parts.hpp"
#include "wasm/app/commands.hpp"

// What each command of the registry does. A handler reads its arguments, acts, and answers the script that
// called it, if one did. Commands that take long answer later, through their job.

namespace vignette {

void go_to(Call& call, Room room) {
  Session& session = call.state.session;
  save_draft(call.state, call.effects);
  session.room = room;
  session.palette_open = false;
  if (session.selection.focus.empty() && !call.state.document().items.empty()) {
    session.selection.focus = call.state.document().items.front()->id;
  }
  refresh_draft(call.state, call.effects);
}

void open_field(Call& call, const char* field, const ItemId& item) {
  on(call.state, FieldEntered{field, item}, call.effects);
}

std::vector<ItemId> scope_items(Call& call) {
  std::vector<ItemId> ids;
  if (call.args.has("scope") && call.args.raw()["scope"].is_array()) return call.args.texts("scope");
  const std::string scope = call.args.text("scope", "all");
  if (scope == "selected") {
    ids.assign(call.state.session.selection.ids.begin(), call.state.session.selection.ids.end());
  } else if (scope == "all" || scope == "filtered") {  // no filter is set yet, so all pass it
    for (const auto& item : call.state.document().items) ids.push_back(item->id);
  } else {
    call.args.refuse("scope", "\"all\", \"selected\", \"filtered\" or a list of ids");
  }
  return ids;
}

namespace {

void open_palette(Call& call) {
  call.state.session.palette_open = true;
  call.state.session.palette_row = 0;
  call.state.session.fields["palette"].clear();
  open_field(call, "palette");
}

void close_palette(State& state, Effects& effects) {
  if (!state.session.palette_open) return;
  state.session.palette_open = false;
  if (state.session.draft.field == "palette") {
    state.session.draft = {};
    effects.emplace_back(FocusField{""});
  }
}

void edit_caption(Call& call) {
  go_to(call, Room::Caption);
  open_field(call, "caption", call.state.session.selection.focus);
}

void go_back(Call& call) {
  Session& session = call.state.session;
  if (session.palette_open) {
    close_palette(call.state, call.effects);
  } else if (session.dialog != Dialog::None) {
    session.dialog = Dialog::None;
  } else if (session.room == Room::Datasets) {
    session.room = Room::Library;
  } else if (session.single_view) {
    session.single_view = false;
  } else if (session.history_open) {
    session.history_open = false;
  } else {
    session.selection.ids.clear();
  }
}

void select(Call& call) {
  const std::vector<std::string> ids = call.args.texts("ids");
  if (call.args.error()) return;
  Selection& selection = call.state.session.selection;
  selection.ids = {ids.begin(), ids.end()};
  if (!ids.empty()) selection.focus = selection.anchor = ids.front();
  forget_missing(call.state);
  refresh_draft(call.state, call.effects);
  call.result = {{"selected", selection.ids.size()}};
}

template <class Wanted>
void select_where(Call& call, Wanted wanted) {
  std::set<ItemId> ids;
  for (const auto& item : call.state.document().items) {
    if (wanted(*item)) ids.insert(item->id);
  }
  call.state.session.selection.ids = std::move(ids);
  call.result = {{"selected", call.state.session.selection.ids.size()}};
}

void remove(Call& call, const std::vector<ItemId>& ids) {
  const auto changed = take_step(call.state, RemoveItems{ids}, call.effects);
  if (!changed) {
    call.error = changed.error();
    return;
  }
  refresh_draft(call.state, call.effects);
  if (*changed > 0)
    show_toast(call.state, call.effects,
               "Removed " + count_of(static_cast<std::size_t>(*changed), "picture", "pictures") + ".", false,
               "undo");
  call.result = {{"removed", *changed}};
}

void remove_by_id(Call& call) {
  std::vector<ItemId> ids(call.state.session.selection.ids.begin(), call.state.session.selection.ids.end());
  if (call.args.has("ids")) ids = call.args.texts("ids");
  if (!call.args.error()) remove(call, ids);
  call.state.session.dialog = Dialog::None;
}

void set_caption(Call& call) {
  const std::string set = call.args.text("set", kMainSet);
  SetCaption command{
      call.args.text("item"), call.args.text("text"), {AuthorKind::Human, ""}, call.state.now, set};
  if (call.args.error()) return;
  save_draft(call.state, call.effects);
  const auto changed = take_step(call.state, command, call.effects);
  if (!changed) {
    call.error = changed.error();
    return;
  }
  call.state.history.seal();
  refresh_draft(call.state, call.effects);
  call.result = {{"changed", *changed}};
}

void affix(Call& call) {
  save_draft(call.state, call.effects);
  AffixCaptions command{scope_items(call), call.args.text("prefix", ""), call.args.text("suffix", ""),
                        call.state.now};
  if (call.args.error()) return;
  const auto changed = take_step(call.state, command, call.effects);
  if (!changed) {
    call.error = changed.error();
    return;
  }
  call.state.history.seal();
  refresh_draft(call.state, call.effects);
  const std::string told =
      *changed == 0 ? "No caption changed: all have it already, or are empty."
                    : "Changed " + count_of(static_cast<std::size_t>(*changed), "caption", "captions") + ".";
  show_toast(call.state, call.effects, told, false, *changed == 0 ? "" : "undo");
  call.result = {{"changed", *changed}};
}

void set_document(Call& call, const Command& command) {
  const auto changed = take_step(call.state, command, call.effects);
  if (!changed) call.error = changed.error();
  call.state.history.seal();
  refresh_draft(call.state, call.effects);
}

void new_dataset(Call& call) {
  cancel_import(call.state, call.effects);
  save_draft(call.state, call.effects);
  if (is_durable(call.state.storage)) {
    storage_handlers().at("datasets.create")(call);
    return;
  }
  Document empty;
  empty.id = call.state.document().id;
  empty.name = "Untitled";
  empty.reindex();
  call.state.history.seal();
  push_step(call.state, std::move(empty), "Start an empty dataset", "", call.effects);
  call.state.history.seal();
  call.state.session.dialog = Dialog::None;
  call.state.session.room = Room::Library;
  refresh_draft(call.state, call.effects);
  show_toast(call.state, call.effects, "Started an empty dataset.", false, "undo");
}

void send_picture(Call& call, ReplyWithPicture::Kind kind) {
  const std::string item = call.args.text("item");
  const int side = call.args.number("side", kind == ReplyWithPicture::Kind::Copy ? 1024 : 256);
  if (side < 16 || side > 8192) call.args.refuse("side", "between 16 and 8192");
  if (call.args.error()) return;
  const auto source = call.state.sources.find(item);
  if (!call.state.document().find(item) || source == call.state.sources.end()) {
    call.error = Error{ErrorCode::NotFound, "There is no picture with the id \"" + item + "\".",
                       "Ask vignette.state() for the ids."};
    return;
  }
  const bool copies = kind == ReplyWithPicture::Kind::Copy;
  call.effects.emplace_back(
      ReplyWithPicture{call.request, kind, source->second, side,
                       copies ? boxes_of(*call.state.document().find(item)) : std::vector<Box>{}});
  call.answers_later = true;
}

void load_sample(Call& call) {
  call.effects.emplace_back(MakeSample{call.request});
  call.answers_later = true;
  call.state.session.room = Room::Library;
}

void toggle_theme(Call& call) {
  Session& session = call.state.session;
  const bool dark = session.theme == Theme::Dark || (session.theme == Theme::System && session.system_dark);
  session.theme = dark ? Theme::Light : Theme::Dark;
  call.effects.emplace_back(StorePreference{"theme", dark ? "light" : "dark"});
}

void show_report(Call& call) {
  for (auto job = call.state.jobs.rbegin(); job != call.state.jobs.rend(); ++job) {
    if (job->rejected.empty() && job->notes.empty()) continue;
    call.state.session.dialog = Dialog::Rejections;
    call.state.session.dialog_job = job->id;
    return;
  }
}

void cancel_running(Call& call) {
  for (std::size_t i = call.state.jobs.size(); i-- > 0;) {
    if (call.state.jobs[i].state != JobState::Running) continue;
    cancel_job(call.state, call.state.jobs[i].id, call.effects);
    return;
  }
}

const Handlers& handlers() {
  static const Handlers kHandlers = {
      {"items.add", [](Call& c) { c.effects.emplace_back(PickFiles{false}); }},
      {"items.add-folder", [](Call& c) { c.effects.emplace_back(PickFiles{true}); }},
      {"sample.load", load_sample},
      {"undo",
       [](Call& c) {
         c.result = {{"label", c.state.history.undo_label()}};
         undo(c.state, c.effects);
       }},
      {"redo",
       [](Call& c) {
         c.result = {{"label", c.state.history.redo_label()}};
         redo(c.state, c.effects);
       }},
      {"room.library", [](Call& c) { go_to(c, Room::Library); }},
      {"room.caption", [](Call& c) { go_to(c, Room::Caption); }},
      {"room.export", [](Call& c) { go_to(c, Room::Export); }},
      {"room.settings", [](Call& c) { go_to(c, Room::Settings); }},
      {"view.grid", [](Call& c) { c.state.session.single_view = false; }},
      {"view.single",
       [](Call& c) {
         go_to(c, Room::Library);
         c.state.session.single_view = true;
       }},
      {"view.back", go_back},
      {"item.next", [](Call& c) { step_item(c.state, 1, c.effects); }},
      {"item.previous", [](Call& c) { step_item(c.state, -1, c.effects); }},
      {"item.first",
       [](Call& c) { step_item(c.state, -static_cast<int>(c.state.document().items.size()), c.effects); }},
      {"item.last",
       [](Call& c) { step_item(c.state, static_cast<int>(c.state.document().items.size()), c.effects); }},
      {"item.next-uncaptioned", [](Call& c) { next_uncaptioned(c.state, c.effects); }},
      {"caption.edit", edit_caption},
      {"caption.save-next", [](Call& c) { step_item(c.state, 1, c.effects); }},
      {"caption.save-next-uncaptioned", [](Call& c) { next_uncaptioned(c.state, c.effects); }},
      {"items.select-all", [](Call& c) { select_where(c, [](const Item&) { return true; }); }},
      {"items.select-none", [](Call& c) { select_where(c, [](const Item&) { return false; }); }},
      {"items.invert",
       [](Call& c) {
         select_where(
             c, [chosen = c.state.session.selection.ids](const Item& i) { return chosen.count(i.id) == 0; });
       }},
      {"items.select-uncaptioned",
       [](Call& c) { select_where(c, [](const Item& i) { return !is_captioned(i); }); }},
      {"items.select", select},
      {"items.remove", [](Call& c) { c.state.session.dialog = Dialog::ConfirmRemove; }},
      {"items.remove-now", remove_by_id},
      {"dataset.new", [](Call& c) { c.state.session.dialog = Dialog::ConfirmNew; }},
      {"dataset.new-now", new_dataset},
      {"dataset.rename",
       [](Call& c) {
         const std::string name = c.args.text("name");
         if (!c.args.error()) set_document(c, RenameDataset{name});
       }},
      {"dataset.context",
       [](Call& c) {
         DatasetSettings s = c.state.document().settings;
         s.context = c.args.text("context");
         if (!c.args.error()) set_document(c, ChangeSettings{s});
       }},
      {"caption.set", set_caption},
      {"caption.affix", affix},
      {"export", export_command},
      {"item.thumbnail", [](Call& c) { send_picture(c, ReplyWithPicture::Kind::Thumbnail); }},
      {"item.copy", [](Call& c) { send_picture(c, ReplyWithPicture::Kind::Copy); }},
      {"theme.toggle", toggle_theme},
      {"palette.open", open_palette},
      {"help.keys", [](Call& c) { c.state.session.dialog = Dialog::Keys; }},
      {"help.about", [](Call& c) { c.state.session.dialog = Dialog::About; }},
      {"jobs.cancel", cancel_running},
      {"jobs.report", show_report},
  };
  return kHandlers;
}

}  // namespace

namespace {

Handler handler_of(std::string_view id) {
  for (const Handlers* some :
       {&handlers(), &storage_handlers(), &caption_handlers(), &form_handlers(), &device_handlers()}) {
    if (const auto found = some->find(id); found != some->end()) return found->second;
  }
  return nullptr;
}

/// While a dataset is being opened, what changes one waits; while another tab writes to it, it is refused.
bool holds_back(State& state, const RunCommand& event, Call& call) {
  if (state.storage.opening) {
    if (!changes_dataset(event.id)) return false;
    state.storage.held.push_back({event.id, event.args, {}, true, event.request});
    return true;
  }
  if (!edits_document(event.id)) return false;
  call.error = why_not_edit(state);
  if (call.error && event.request == 0) refuse_edit(state, call.effects);
  return call.error.has_value();
}

}  // namespace

void on(State& state, const RunCommand& event, Effects& effects) {
  Call call{state, Args(std::string_view(event.args)), event.request, effects};
  const Handler handler = handler_of(event.id);
  if (handler && holds_back(state, event, call)) {
    if (call.error) answer(effects, event.request, *call.error);
    return;
  }
  if (!handler) {
    call.error = Error{ErrorCode::NotFound, "There is no command \"" + event.id + "\".",
                       "vignette.commands() lists them."};
  } else if (!is_enabled(state, event.id)) {
    call.error = Error{ErrorCode::Refused,
                       "\"" + std::string(find_command(event.id)->title) + "\" is not possible now.", ""};
  } else {
    if (event.id != "palette.open" && event.id != "view.back") close_palette(state, effects);
    handler(call);
    if (!call.error) call.error = call.args.error();
  }
  const bool silent = call.answers_later && !call.error;
  if (event.request != 0 && !silent)
    effects.emplace_back(Reply{event.request, call.result.dump(), call.error});
}

void cancel_job(State& state, std::uint32_t id, Effects& effects) {
  Job* job = state.find_job(id);
  if (!job || job->state != JobState::Running) return;
  if (job->kind == JobKind::Caption) {
    if (Run* run = state.captioning.run_of(id)) cancel_run(state, *run, effects);
  } else if (job->kind == JobKind::Import) {
    cancel_import(state, effects);
  } else {
    cancel_export(state, *job, effects);
  }
}

}  // namespace vignette
