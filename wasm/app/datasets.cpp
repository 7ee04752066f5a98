#include <algorithm>
#include <nlohmann/json.hpp>

#include "wasm/app/parts.hpp"

// The datasets of this browser, and what the storage side tells about them.

namespace vignette {
namespace {

const DatasetCard* card_of(const State& state, const std::string& id) {
  const auto& cards = state.storage.datasets;
  const auto found = std::find_if(cards.begin(), cards.end(), [&](const auto& c) { return c.id == id; });
  return found == cards.end() ? nullptr : &*found;
}

std::string name_of_dataset(const State& state, const std::string& id) {
  if (id == state.storage.dataset) return state.document().name;
  const DatasetCard* card = card_of(state, id);
  return card ? card->name : "the dataset";
}

nlohmann::json described(const DatasetCard& card) {
  return {{"id", card.id},           {"name", card.name},
          {"items", card.items},     {"captioned", card.captioned},
          {"bytes", card.bytes},     {"changed", format_iso8601(card.changed)},
          {"trashed", card.trashed}, {"open_elsewhere", card.open_elsewhere}};
}

std::string dump(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void list_datasets(State& state, std::uint32_t request, Effects& effects) {
  if (request != 0) state.storage.list_requests.push_back(request);
  effects.emplace_back(ListDatasets{});
}

void trash_dataset(State& state, const std::string& id, Effects& effects) {
  state.storage.trashed = id;
  effects.emplace_back(TrashDataset{id});
  show_toast(state, effects, "Deleted “" + name_of_dataset(state, id) + "”.", false, "datasets.restore");
}

std::optional<Error> trash_open_dataset(State& state, Effects& effects) {
  const std::string id = state.storage.dataset;
  const std::string name = state.document().name;
  OpenWish wish;
  wish.kind = OpenWish::Kind::Trash;
  wish.id = id;
  if (auto refusal = open_when_saved(state, std::move(wish), effects)) return refusal;
  state.storage.trashed = id;
  show_toast(state, effects, "Deleted “" + name + "”.", false, "datasets.restore");
  return std::nullopt;
}

void on(State& state, const DatasetsListed& event, Effects& effects) {
  Storage& storage = state.storage;
  storage.datasets = event.datasets;
  storage.listed = true;
  nlohmann::json list = nlohmann::json::array();
  for (const DatasetCard& card : storage.datasets) list.push_back(described(card));
  for (const std::uint32_t request : storage.list_requests) answer(effects, request, dump(list));
  storage.list_requests.clear();
}

void on(State& state, const StorageUsage& event, Effects& effects) {
  state.storage.use = event.use;
  nlohmann::json rows = nlohmann::json::array();
  for (const UsageRow& row : event.use.datasets) {
    rows.push_back({{"id", row.id},
                    {"name", row.name},
                    {"catalogue", row.catalogue},
                    {"pictures", row.pictures},
                    {"thumbnails", row.thumbnails}});
  }
  const nlohmann::json told = {{"usage", event.use.usage},
                               {"quota", event.use.quota},
                               {"persisted", event.use.persisted},
                               {"datasets", rows}};
  for (const std::uint32_t request : state.storage.use_requests) answer(effects, request, dump(told));
  state.storage.use_requests.clear();
}

void on(State& state, const FoldersWaiting& event, Effects& effects) {
  const bool granted = event.folders.empty() && !state.storage.folders_waiting.empty();
  state.storage.folders_waiting = event.folders;
  if (!granted) return;
  state.storage.missing.clear();
  show_toast(state, effects, "The pictures can be read again.");
}

void on(State& state, const FolderLinked& event, Effects& effects) {
  const std::string before = state.storage.folder;
  state.storage.folder = event.name;
  if (event.error) {
    show_error(state, effects, *event.error);
  } else if (!event.name.empty() && event.name != before) {
    show_toast(state, effects, "Captions are kept as text files in “" + event.name + "”.");
  }
}

void on(State& state, const FilesMissing& event, Effects&) {
  for (const ItemId& item : event.items) state.storage.missing.insert(item);
}

void fail_requests(State& state, const Error& error, Effects& effects) {
  Storage& storage = state.storage;
  for (auto* requests : {&storage.list_requests, &storage.use_requests}) {
    for (const std::uint32_t request : *requests) answer(effects, request, error);
    requests->clear();
  }
  for (const HistoryRequest& waiting : storage.history_requests) answer(effects, waiting.request, error);
  storage.history_requests.clear();
}

}  // namespace vignette
