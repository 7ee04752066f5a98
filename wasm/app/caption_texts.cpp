#include <algorithm>
#include <nlohmann/json.hpp>

#include "wasm/app/parts.hpp"

// Every text a caption ever was. The catalogue keeps them, longer than the undo log; without one the moments
// in memory are looked through.

namespace vignette {
namespace {

std::vector<Caption> texts_in_memory(const History& history, const ItemId& item, const std::string& set) {
  std::vector<Caption> texts;
  for (std::size_t i = history.size(); i-- > 0;) {
    if (!history.at(i).document) continue;
    const Item* found = history.at(i).document->find(item);
    const auto caption = found ? found->captions.find(set) : decltype(found->captions.end()){};
    if (!found || caption == found->captions.end()) continue;
    if (std::find(texts.begin(), texts.end(), caption->second) == texts.end())
      texts.push_back(caption->second);
  }
  return texts;
}

nlohmann::json described(const std::vector<Caption>& texts) {
  nlohmann::json list = nlohmann::json::array();
  for (const Caption& one : texts) {
    list.push_back({{"text", one.text}, {"author", name_of(one.author)}, {"time", format_iso8601(one.time)}});
  }
  return list;
}

void serve(State& state, const HistoryRequest& wanted, const std::vector<Caption>& texts, Effects& effects) {
  if (wanted.restore < 0) {
    answer(effects, wanted.request,
           described(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return;
  }
  if (static_cast<std::size_t>(wanted.restore) >= texts.size()) {
    answer(
        effects, wanted.request,
        Error{ErrorCode::NotFound, "This caption has no text number " + std::to_string(wanted.restore) + ".",
              "caption.history lists them, the newest as number 0."});
    return;
  }
  const Caption& text = texts[static_cast<std::size_t>(wanted.restore)];
  save_draft(state, effects);
  state.history.seal();
  const auto changed =
      take_step(state, SetCaption{wanted.item, text.text, text.author, state.now, wanted.set}, effects);
  state.history.seal();
  refresh_draft(state, effects);
  if (!changed) {
    show_error(state, effects, changed.error());
    answer(effects, wanted.request, changed.error());
    return;
  }
  show_toast(state, effects, *changed > 0 ? "Restored this text." : "The caption is this text already.",
             false, *changed > 0 ? "undo" : "");
  answer(effects, wanted.request, R"({"changed":)" + std::to_string(*changed) + "}");
}

}  // namespace

void ask_caption_texts(State& state, HistoryRequest wanted, Effects& effects) {
  if (!state.storage.open) {
    serve(state, wanted, texts_in_memory(state.history, wanted.item, wanted.set), effects);
    return;
  }
  effects.emplace_back(LoadCaptionHistory{wanted.item, wanted.set});
  state.storage.history_requests.push_back(std::move(wanted));
}

void on(State& state, const CaptionHistoryLoaded& event, Effects& effects) {
  Storage& storage = state.storage;
  if (event.item == storage.captions.item && event.set == storage.captions.set) {
    storage.captions.entries = event.entries;
    storage.captions.loaded = true;
  }
  const auto is_answered = [&](const HistoryRequest& one) {
    return one.item == event.item && one.set == event.set;
  };
  std::vector<HistoryRequest> answered;
  std::copy_if(storage.history_requests.begin(), storage.history_requests.end(), std::back_inserter(answered),
               is_answered);
  std::erase_if(storage.history_requests, is_answered);
  for (const HistoryRequest& one : answered) serve(state, one, event.entries, effects);
}

/// The open panel shows the texts of the picture that is looked at, up to the last commit.
void follow_caption_texts(State& state, Effects& effects) {
  Storage& storage = state.storage;
  const ItemId& focus = state.session.selection.focus;
  if (!state.session.history_open || focus.empty()) return;
  CaptionHistory& shown = storage.captions;
  if (!storage.open) {
    const Item* item = state.document().find(focus);
    const std::uint64_t version = item ? item->revision + (std::uint64_t{state.history.cursor()} << 32) : 0;
    if (shown.loaded && shown.item == focus && shown.asked_at == version) return;
    shown = {focus, kMainSet, texts_in_memory(state.history, focus, kMainSet), version, true};
    return;
  }
  const bool known = shown.item == focus && shown.asked_at == storage.confirmed + 1;
  if (known || !storage.waiting.empty() || storage.opening) return;
  if (shown.item != focus) shown = {focus, kMainSet, {}, 0, false};
  shown.asked_at = storage.confirmed + 1;
  effects.emplace_back(LoadCaptionHistory{focus, kMainSet});
}

}  // namespace vignette
