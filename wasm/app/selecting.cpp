#include <algorithm>

#include "wasm/app/parts.hpp"

namespace vignette {
namespace {

/// Selects from the anchor to `item`, in document order.
void select_range(const Document& document, Selection& selection, const ItemId& item) {
  int from = document.position(selection.anchor.empty() ? item : selection.anchor);
  const int to = document.position(item);
  if (from < 0) from = to;
  selection.ids.clear();
  for (int i = std::min(from, to); i <= std::max(from, to); ++i) {
    selection.ids.insert(document.items[static_cast<std::size_t>(i)]->id);
  }
}

void select_only(Selection& selection, const ItemId& item) {
  selection.ids = {item};
  selection.focus = selection.anchor = item;
}

}  // namespace

void on(State& state, const ClickItem& event, Effects& effects) {
  const Document& document = state.document();
  if (!document.find(event.item)) return;
  save_draft(state, effects);
  Selection& selection = state.session.selection;
  if (event.range) {
    select_range(document, selection, event.item);
    selection.focus = event.item;
  } else if (event.toggle) {
    if (selection.ids.erase(event.item) == 0) selection.ids.insert(event.item);
    selection.focus = selection.anchor = event.item;
  } else {
    select_only(selection, event.item);
  }
  refresh_draft(state, effects);
}

void on(State& state, const OpenItem& event, Effects& effects) {
  if (!state.document().find(event.item)) return;
  show_item(state, event.item, effects);
  if (state.session.room == Room::Library) state.session.single_view = true;
}

void on(State& state, const BoxSelect& event, Effects&) {
  Selection& selection = state.session.selection;
  selection.ids = event.base;
  selection.ids.insert(event.inside.begin(), event.inside.end());
  if (!event.inside.empty()) selection.focus = selection.anchor = event.inside.back();
  forget_missing(state);
}

void on(State& state, const MoveFocus& event, Effects& effects) {
  const Document& document = state.document();
  if (document.items.empty()) return;
  Selection& selection = state.session.selection;
  const int last = static_cast<int>(document.items.size()) - 1;
  const int from = document.position(selection.focus);
  const int to = from < 0 ? (event.step > 0 ? 0 : last) : std::clamp(from + event.step, 0, last);
  const ItemId& item = document.items[static_cast<std::size_t>(to)]->id;
  if (event.range) {
    select_range(document, selection, item);
    selection.focus = item;
  } else {
    show_item(state, item, effects);
  }
}

void show_item(State& state, const ItemId& item, Effects& effects) {
  save_draft(state, effects);
  state.history.seal();
  select_only(state.session.selection, item);
  refresh_draft(state, effects);
}

void step_item(State& state, int step, Effects& effects) { on(state, MoveFocus{step, false}, effects); }

void next_uncaptioned(State& state, Effects& effects) {
  save_draft(state, effects);
  const auto& items = state.document().items;
  const int from = state.document().position(state.session.selection.focus);
  for (std::size_t i = 1; i <= items.size(); ++i) {
    const std::size_t at = (static_cast<std::size_t>(from + 1) + i - 1) % items.size();
    if (!is_captioned(*items[at])) {
      show_item(state, items[at]->id, effects);
      return;
    }
  }
  show_toast(state, effects, "Every picture has a caption.");
}

void forget_missing(State& state) {
  const Document& document = state.document();
  Selection& selection = state.session.selection;
  std::erase_if(selection.ids, [&](const ItemId& id) { return document.position(id) < 0; });
  if (document.position(selection.anchor) < 0) selection.anchor.clear();
  if (document.position(selection.focus) < 0)
    selection.focus = document.items.empty() ? ItemId{} : document.items.front()->id;
  if (document.items.empty()) state.session.single_view = false;
}

}  // namespace vignette
