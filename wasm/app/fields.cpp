#include "shared/base/utf8.hpp"
#include "wasm/app/captioning_parts.hpp"
#include "wasm/app/parts.hpp"

// A text field on screen is a DOM field over an ImGui one. It tells us every change; what it holds is a draft
// until typing pauses or the field is left. Captions, context and name go into the document then; the
// palette, prefix and suffix belong to the session and count at once.

namespace vignette {
namespace {

bool is_of_document(const std::string& field) {
  return field == "caption" || field == "context" || field == "dataset-name" || field == "trigger" ||
         field == "description";
}

Command command_for(const Draft& draft, const Document& document, TimeMs now) {
  if (draft.field == "context") {
    DatasetSettings settings = document.settings;
    settings.context = std::string(trim(draft.text));
    return ChangeSettings{settings};
  }
  if (draft.field == "trigger") {
    DatasetSettings settings = document.settings;
    settings.trigger = std::string(trim(draft.text));
    return ChangeSettings{settings, "Change the trigger word"};
  }
  if (draft.field == "dataset-name") return RenameDataset{draft.text};
  if (draft.field == "description")
    return SetCaption{draft.item, draft.text, {AuthorKind::Human, ""}, now, kDescriptionSet};
  return SetCaption{draft.item, draft.text, {AuthorKind::Human, ""}, now};
}

}  // namespace

std::string field_text(const State& state, const std::string& field, const ItemId& item) {
  if (field == "caption") {
    const Item* found = state.document().find(item);
    return found ? caption_text(*found) : "";
  }
  if (field == "description") {
    const Item* found = state.document().find(item);
    return found ? caption_text(*found, kDescriptionSet) : "";
  }
  if (field == "context") return state.document().settings.context;
  if (field == "trigger") return state.document().settings.trigger;
  if (const auto text = form_text(state, field)) return *text;
  if (field == "dataset-name") return state.document().name;
  if (field == "prefix") return state.session.prefix;
  if (field == "suffix") return state.session.suffix;
  const auto known = state.session.fields.find(field);
  return known == state.session.fields.end() ? "" : known->second;
}

void on(State& state, const FieldEntered& event, Effects& effects) {
  Draft& draft = state.session.draft;
  if (draft.field == event.field && draft.item == event.item) return;
  if (is_of_document(event.field) && why_not_edit(state)) {
    refuse_edit(state, effects);
    effects.emplace_back(FocusField{""});
    return;
  }
  save_draft(state, effects);
  state.history.seal();
  const std::string text = field_text(state, event.field, event.item);
  draft = {event.field, event.item, text, text, state.now, false};
  effects.emplace_back(FocusField{event.field});
}

void on(State& state, const FieldChanged& event, Effects& effects) {
  Draft& draft = state.session.draft;
  if (draft.field != event.field || draft.item != event.item)
    on(state, FieldEntered{event.field, event.item}, effects);
  if (draft.field != event.field || draft.item != event.item) return;
  draft.text = to_utf8(event.text);
  draft.typed_at = state.now;
  draft.dirty = is_of_document(event.field);
  if (event.field == "prefix") state.session.prefix = draft.text;
  if (event.field == "suffix") state.session.suffix = draft.text;
  if (event.field == "palette") state.session.palette_row = 0;
  if (!is_of_document(event.field) && !take_form_text(state, event.field, draft.text))
    state.session.fields[event.field] = draft.text;
}

void on(State& state, const FieldLeft& event, Effects& effects) {
  Draft& draft = state.session.draft;
  if (draft.field != event.field) return;
  save_draft(state, effects);
  state.history.seal();
  draft = {};
}

void save_draft(State& state, Effects& effects) {
  Draft& draft = state.session.draft;
  if (!draft.dirty || why_not_edit(state)) return;  // another tab writes: the words wait in their field
  draft.dirty = false;
  const Result<int> saved = take_step(state, command_for(draft, state.document(), state.now), effects);
  if (!saved) {
    show_error(state, effects, saved.error());
    return;
  }
  state.history.seal();  // a pause in typing ends a step
  draft.original = draft.text;
}

void save_draft_if_due(State& state, Effects& effects) {
  const Draft& draft = state.session.draft;
  if (draft.dirty && state.now >= draft.typed_at + kAutosaveMs) save_draft(state, effects);
}

void refresh_draft(State& state, Effects& effects) {
  Draft& draft = state.session.draft;
  if (draft.field.empty()) return;
  if (draft.field == "caption") draft.item = state.session.selection.focus;
  const std::string text = field_text(state, draft.field, draft.item);
  if (text != draft.text || text != draft.original) effects.emplace_back(RefreshField{text});
  draft.text = draft.original = text;
  draft.dirty = false;
}

}  // namespace vignette
