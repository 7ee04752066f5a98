#include "shared/dataset/document.hpp"

namespace vignette {

int Document::position(const ItemId& item) const {
  if (!index_) return -1;
  const auto found = index_->by_id.find(item);
  return found == index_->by_id.end() ? -1 : found->second;
}

const Item* Document::find(const ItemId& item) const {
  const int at = position(item);
  return at < 0 ? nullptr : items[static_cast<std::size_t>(at)].get();
}

const Item* Document::find_path(std::string_view path) const {
  if (!index_) return nullptr;
  const auto found = index_->by_path.find(std::string(path));
  return found == index_->by_path.end() ? nullptr : items[static_cast<std::size_t>(found->second)].get();
}

void Document::reindex() {
  auto index = std::make_shared<Index>();
  index->by_id.reserve(items.size());
  index->by_path.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    index->by_id.emplace(items[i]->id, static_cast<int>(i));
    index->by_path.emplace(items[i]->path, static_cast<int>(i));
    for (const std::string& other : items[i]->also_at) index->by_path.emplace(other, static_cast<int>(i));
  }
  index_ = std::move(index);
}

}  // namespace vignette
