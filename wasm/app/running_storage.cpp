#include "wasm/app/call.hpp"

// What the commands of datasets, history and storage do.

namespace vignette {
namespace {

void refuse_with(Call& call, const std::optional<Error>& error) {
  if (!error) return;
  call.error = error;
  call.answers_later = false;
  if (call.request == 0) show_error(call.state, call.effects, *error);
}

/// Answers with the list, once what was asked for is done.
void answer_with_list(Call& call) {
  if (call.request == 0) return;
  call.state.storage.list_requests.push_back(call.request);
  call.answers_later = true;
}

bool is_open(const Call& call, const std::string& id) { return id == call.state.storage.dataset; }

void open_wish(Call& call, OpenWish wish) {
  wish.request = call.request;
  call.answers_later = call.request != 0;
  refuse_with(call, open_when_saved(call.state, std::move(wish), call.effects));
}

void open_dataset(Call& call) {
  OpenWish wish;
  wish.id = call.args.text("id");
  wish.take_over = call.args.flag("take_over", false);
  if (call.args.error()) return;
  if (is_open(call, wish.id) && !wish.take_over) {
    go_to(call, Room::Library);
    call.result = {{"id", wish.id}};
    return;
  }
  open_wish(call, std::move(wish));
}

void create_dataset(Call& call) {
  OpenWish wish;
  wish.kind = OpenWish::Kind::Create;
  wish.name = call.args.text("name", "");
  if (call.args.error()) return;
  if (wish.name.empty()) wish.name = call.state.session.fields["new-dataset"];
  if (wish.name.empty()) wish.name = "Untitled";
  call.state.session.fields["new-dataset"].clear();
  call.state.session.dialog = Dialog::None;
  open_wish(call, std::move(wish));
}

void rename_dataset(Call& call) {
  const std::string id = call.args.text("id", call.state.storage.dataset.c_str());
  const std::string name = call.args.text("name");
  if (call.args.error()) return;
  call.state.session.dialog = Dialog::None;
  if (is_open(call, id)) {
    const auto changed = take_step(call.state, RenameDataset{name}, call.effects);
    call.state.history.seal();
    if (!changed) return refuse_with(call, changed.error());
    refresh_draft(call.state, call.effects);
    list_datasets(call.state, 0, call.effects);
  } else if (name.empty()) {
    return refuse_with(
        call, Error{ErrorCode::InvalidInput, "A dataset needs a name.", "Type at least one character."});
  } else {
    call.effects.emplace_back(RenameStoredDataset{id, name});
  }
  answer_with_list(call);
}

void duplicate_dataset(Call& call) {
  const std::string id = call.args.text("id", call.state.storage.dataset.c_str());
  if (call.args.error()) return;
  save_draft(call.state, call.effects);
  call.effects.emplace_back(DuplicateDataset{id});
  answer_with_list(call);
}

void delete_dataset(Call& call) {
  const std::string id = call.args.text("id", call.state.storage.dataset.c_str());
  if (call.args.error()) return;
  if (is_open(call, id)) {
    refuse_with(call, trash_open_dataset(call.state, call.effects));
    if (call.error) return;
  } else {
    trash_dataset(call.state, id, call.effects);
  }
  answer_with_list(call);
}

void restore_dataset(Call& call) {
  const std::string id = call.args.text("id", call.state.storage.trashed.c_str());
  if (call.args.error()) return;
  if (id.empty()) {
    return refuse_with(call, Error{ErrorCode::NotFound, "No dataset was deleted in this session.",
                                   "What was deleted earlier is gone."});
  }
  call.state.storage.trashed.clear();
  call.effects.emplace_back(RestoreDataset{id});
  answer_with_list(call);
}

void show_datasets(Call& call) {
  go_to(call, Room::Datasets);
  if (call.state.storage.started) list_datasets(call.state, 0, call.effects);
}

void ask_rename(Call& call) {
  call.state.session.dialog_dataset = call.args.text("id", call.state.storage.dataset.c_str());
  call.state.session.fields["rename-dataset"] = call.args.text("name", call.state.document().name.c_str());
  if (call.args.error()) return;
  call.state.session.dialog = Dialog::RenameDataset;
  open_field(call, "rename-dataset");
}

void ask_create(Call& call) {
  call.state.session.fields["new-dataset"].clear();
  call.state.session.dialog = Dialog::NewDataset;
  open_field(call, "new-dataset");
}

/// Enter in a dialog that asks for a name.
void confirm_dialog(Call& call) {
  Session& session = call.state.session;
  const bool creates = session.dialog == Dialog::NewDataset;
  const std::string name = session.fields[creates ? "new-dataset" : "rename-dataset"];
  on(call.state, FieldLeft{session.draft.field, session.draft.item}, call.effects);
  call.effects.emplace_back(FocusField{""});
  const nlohmann::json args = {{"id", session.dialog_dataset}, {"name", name}};
  const std::string text = args.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  on(call.state, RunCommand{creates ? "datasets.create" : "datasets.rename", text, 0}, call.effects);
}

void list_history(Call& call) {
  const History& history = call.state.history;
  nlohmann::json list = nlohmann::json::array();
  for (std::size_t i = 1; i < history.size(); ++i) {
    const MomentInfo& info = history.at(i).info;
    list.push_back({{"id", info.id},
                    {"label", info.label},
                    {"time", format_iso8601(info.time)},
                    {"undone", i > history.cursor()}});
  }
  call.result = {{"moments", list}, {"cursor", history.at(history.cursor()).info.id}};
}

void go_in_history(Call& call) {
  const int id = call.args.number("id", -1);
  const auto at = id < 0 ? std::nullopt : call.state.history.position_of(static_cast<MomentId>(id));
  if (!at) call.args.refuse("id", "the id of a moment; history.list has them, and 0 is before all");
  if (call.args.error()) return;
  save_draft(call.state, call.effects);
  travel_to(call.state, *at, call.effects);
}

void caption_texts(Call& call, int restore) {
  HistoryRequest wanted{call.args.text("item"), call.args.text("set", kMainSet), call.request, restore};
  if (call.args.error()) return;
  call.answers_later = call.request != 0;
  ask_caption_texts(call.state, std::move(wanted), call.effects);
}

void restore_caption(Call& call) {
  const int index = call.args.number("index", 0);
  if (index < 0) call.args.refuse("index", "0 or more");
  if (!call.args.error()) caption_texts(call, index);
}

void save_project_file(Call& call) {
  const bool pictures = call.args.flag("pictures", true);
  if (call.args.error()) return;
  call.answers_later = call.request != 0;
  save_project(call.state, pictures, call.request, call.effects);
}

void save_catalogue_file(Call& call, bool damaged) {
  call.answers_later = call.request != 0;
  save_catalogue(call.state, damaged, call.request, call.effects);
}

void take_over(Call& call) {
  OpenWish wish;
  wish.id = call.state.storage.dataset;
  wish.take_over = true;
  open_wish(call, std::move(wish));
}

void ask_usage(Call& call, const Effect& effect) {
  if (call.request != 0) call.state.storage.use_requests.push_back(call.request);
  call.answers_later = call.request != 0;
  call.effects.push_back(effect);
}

void with_job(Call& call, std::optional<Error> (*act)(State&, const std::string&, Effects&)) {
  std::string first;
  for (const StoredJob& job : call.state.storage.interrupted) {
    if (first.empty() && (job.kind == "import" || job.kind == "export")) first = job.id;
  }
  const std::string id = call.args.text("id", first.c_str());
  if (!call.args.error()) refuse_with(call, act(call.state, id, call.effects));
}

void replace_words(Call& call) {
  if (call.args.text("mode", "text") != "text") call.args.refuse("mode", "\"text\"");
  if (call.args.flag("regex", false)) call.args.refuse("regex", "false: only plain words are looked for");
  ReplaceInCaptions command;
  command.find = call.args.text("find");
  command.replace = call.args.text("replace", "");
  command.rules.match_case = call.args.flag("case", true);
  command.rules.whole_words = call.args.flag("word", false);
  command.items = scope_items(call);
  command.time = call.state.now;
  if (call.args.error()) return;
  save_draft(call.state, call.effects);
  const auto changed = take_step(call.state, command, call.effects);
  if (!changed) return refuse_with(call, changed.error());
  call.state.history.seal();
  refresh_draft(call.state, call.effects);
  show_toast(call.state, call.effects,
             *changed == 0
                 ? "No caption has these words."
                 : "Changed " + count_of(static_cast<std::size_t>(*changed), "caption", "captions") + ".",
             false, *changed == 0 ? "" : "undo");
  call.result = {{"changed", *changed}};
}

}  // namespace

const Handlers& storage_handlers() {
  static const Handlers kHandlers = {
      {"room.datasets", show_datasets},
      {"datasets.list",
       [](Call& c) {
         c.answers_later = c.request != 0;
         list_datasets(c.state, c.request, c.effects);
       }},
      {"datasets.open", open_dataset},
      {"datasets.create", create_dataset},
      {"datasets.new", ask_create},
      {"dialog.confirm", confirm_dialog},
      {"datasets.rename", rename_dataset},
      {"datasets.ask-rename", ask_rename},
      {"datasets.duplicate", duplicate_dataset},
      {"datasets.delete", delete_dataset},
      {"datasets.restore", restore_dataset},
      {"project.save", save_project_file},
      {"project.open", [](Call& c) { c.effects.emplace_back(PickFiles{false, true}); }},
      {"catalogue.save", [](Call& c) { save_catalogue_file(c, false); }},
      {"catalogue.save-damaged", [](Call& c) { save_catalogue_file(c, true); }},
      {"history.toggle", [](Call& c) { c.state.session.history_open = !c.state.session.history_open; }},
      {"history.list", list_history},
      {"history.go", go_in_history},
      {"caption.history", [](Call& c) { caption_texts(c, -1); }},
      {"caption.restore", restore_caption},
      {"caption.replace", replace_words},
      {"storage.retry", [](Call& c) { retry_storing(c.state, c.effects); }},
      {"storage.take-over", take_over},
      {"storage.persist", [](Call& c) { ask_usage(c, AskPersist{}); }},
      {"storage.usage", [](Call& c) { ask_usage(c, LoadUsage{}); }},
      {"folder.link", [](Call& c) { c.effects.emplace_back(LinkFolder{}); }},
      {"folder.unlink", [](Call& c) { c.effects.emplace_back(UnlinkFolder{}); }},
      {"folder.resume", [](Call& c) { c.effects.emplace_back(ResumeFolder{}); }},
      {"items.select-missing",
       [](Call& c) {
         c.state.session.selection.ids = c.state.storage.missing;
         forget_missing(c.state);
         c.state.session.room = Room::Library;
         c.result = {{"selected", c.state.session.selection.ids.size()}};
       }},
      {"jobs.continue", [](Call& c) { with_job(c, continue_job); }},
      {"jobs.discard", [](Call& c) { with_job(c, discard_job); }},
  };
  return kHandlers;
}

}  // namespace vignette
