#include "shared/dataset/change.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

using ItemPtr = std::shared_ptr<const Item>;

std::optional<Caption> caption_of(const Item* item, const std::string& set) {
  if (!item) return std::nullopt;
  const auto found = item->captions.find(set);
  return found == item->captions.end() ? std::nullopt : std::optional(found->second);
}

void compare_captions(const Item* before, const Item* after, Change& change) {
  const ItemId& id = after ? after->id : before->id;
  if (before) {
    for (const auto& [set, caption] : before->captions) {
      std::optional<Caption> now = caption_of(after, set);
      if (now != caption) change.captions.push_back({id, set, caption, std::move(now)});
    }
  }
  if (after) {
    for (const auto& [set, caption] : after->captions) {
      if (!caption_of(before, set)) change.captions.push_back({id, set, std::nullopt, caption});
    }
  }
}

void compare(const ItemPtr& before, const ItemPtr& after, Change& change) {
  if (before == after) return;
  if (!before || !after || !same_facts(*before, *after)) change.items.push_back({before, after});
  compare_captions(before.get(), after.get(), change);
}

const ItemPtr& side(const ItemChange& change, Direction direction) {
  return direction == Direction::Forwards ? change.after : change.before;
}

/// The item as `facts` has it, with the captions and the count of changes it had as `known`.
Item with_facts(const Item& facts, const Item* known) {
  Item item = facts;
  item.captions = known ? known->captions : decltype(item.captions){};
  item.revision = known ? known->revision + 1 : 0;
  return item;
}

/// Items under way: those that change are copied once, whatever changes in them.
class Workbench {
 public:
  explicit Workbench(const Document& document) : document_(document) {}

  Item* item(const ItemId& id) {
    if (const auto known = changed_.find(id); known != changed_.end())
      return known->second ? &*known->second : nullptr;
    const Item* found = document_.find(id);
    if (!found) return nullptr;
    Item copy = *found;
    ++copy.revision;
    return &*changed_.emplace(id, std::move(copy)).first->second;
  }

  void set_facts(const ItemChange& change, Direction direction) {
    const ItemPtr& to = side(change, direction);
    reordered_ = true;
    if (to) {
      changed_[change.id()] = with_facts(*to, document_.find(change.id()));
    } else {
      changed_[change.id()] = std::nullopt;
    }
  }

  Document finish() {
    Document out = document_;
    for (ItemPtr& known : out.items) {
      const auto changed = changed_.find(known->id);
      if (changed == changed_.end()) continue;
      known = changed->second ? std::make_shared<const Item>(std::move(*changed->second)) : nullptr;
      changed_.erase(changed);
    }
    if (!reordered_) return out;
    std::erase(out.items, nullptr);
    for (auto& [id, added] : changed_) {
      if (added) out.items.push_back(std::make_shared<const Item>(std::move(*added)));
    }
    put_in_order(out);
    return out;
  }

 private:
  const Document& document_;
  std::unordered_map<ItemId, std::optional<Item>> changed_;  // nullopt: gone
  bool reordered_ = false;
};

}  // namespace

bool same_facts(const Item& a, const Item& b) {
  const auto facts = [](const Item& i) {
    return std::tie(i.id, i.name, i.path, i.bytes, i.crc32, i.format, i.width, i.height, i.orientation,
                    i.alpha, i.animated, i.phash, i.modified, i.taken, i.also_at);
  };
  return facts(a) == facts(b);
}

void put_in_order(Document& document) {
  const auto by_path = [](const ItemPtr& a, const ItemPtr& b) { return natural_less(a->path, b->path); };
  if (!std::is_sorted(document.items.begin(), document.items.end(), by_path))
    std::sort(document.items.begin(), document.items.end(), by_path);
  document.reindex();
}

Change difference(const Document& before, const Document& after) {
  Change change;
  const DatasetFacts was{before.name, before.settings};
  const DatasetFacts is{after.name, after.settings};
  if (was != is) change.dataset = DatasetChange{was, is};

  // Both lists have the same order, so walking them side by side meets every pair; where one has an item
  // more, only that side steps on.
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < before.items.size() && j < after.items.size()) {
    const ItemPtr& a = before.items[i];
    const ItemPtr& b = after.items[j];
    if (a == b || a->id == b->id) {
      compare(a, b, change);
      ++i;
      ++j;
    } else if (before.position(b->id) < 0) {
      compare(nullptr, b, change);
      ++j;
    } else {  // gone, or lies elsewhere now
      const int at = after.position(a->id);
      compare(a, at < 0 ? nullptr : after.items[static_cast<std::size_t>(at)], change);
      ++i;
    }
  }
  for (; i < before.items.size(); ++i) {
    const int at = after.position(before.items[i]->id);
    compare(before.items[i], at < 0 ? nullptr : after.items[static_cast<std::size_t>(at)], change);
  }
  for (; j < after.items.size(); ++j) {
    if (before.position(after.items[j]->id) < 0) compare(nullptr, after.items[j], change);
  }
  return change;
}

Document applied(const Document& document, const Change& change, Direction direction) {
  Workbench bench(document);
  for (const ItemChange& item : change.items) bench.set_facts(item, direction);
  for (const CaptionChange& caption : change.captions) {
    Item* item = bench.item(caption.item);
    if (!item) continue;
    const auto& to = direction == Direction::Forwards ? caption.after : caption.before;
    if (to) {
      item->captions[caption.set] = *to;
    } else {
      item->captions.erase(caption.set);
    }
  }
  Document out = bench.finish();
  if (change.dataset) {
    const DatasetFacts& to =
        direction == Direction::Forwards ? change.dataset->after : change.dataset->before;
    out.name = to.name;
    out.settings = to.settings;
  }
  return out;
}

}  // namespace vignette
