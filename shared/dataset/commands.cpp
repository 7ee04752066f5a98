#include "shared/dataset/commands.hpp"

#include <algorithm>
#include <unordered_set>

#include "shared/base/utf8.hpp"
#include "shared/dataset/affix.hpp"

namespace vignette {
namespace {

std::string count_of(std::size_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

void replace_at(Document& document, int at, Item item) {
  auto& slot = document.items[static_cast<std::size_t>(at)];
  item.revision = slot->revision + 1;
  slot = std::make_shared<const Item>(std::move(item));
}

Result<Performed> perform_one(const Document& before, const AddItems& command) {
  Performed out{before, "", 0};
  Document& document = out.document;
  std::unordered_map<std::string, int> at_of_id;
  std::unordered_map<std::string, int> at_of_path;
  const auto position_of = [&](const ItemId& id) {
    const auto added = at_of_id.find(id);
    return added != at_of_id.end() ? added->second : before.position(id);
  };
  const auto position_of_path = [&](const std::string& path) {
    const auto added = at_of_path.find(path);
    if (added != at_of_path.end()) return added->second;
    const Item* known = before.find_path(path);
    return known ? before.position(known->id) : -1;
  };
  std::size_t added = 0;
  for (const Item& item : command.items) {
    const int same_bytes = position_of(item.id);
    const int same_path = position_of_path(item.path);
    if (same_bytes >= 0) {
      if (same_path == same_bytes) continue;  // the very same file again
      Item known = *document.items[static_cast<std::size_t>(same_bytes)];
      known.also_at.push_back(item.path);
      replace_at(document, same_bytes, std::move(known));
      at_of_path[item.path] = same_bytes;
    } else if (same_path >= 0) {
      const Item& old = *document.items[static_cast<std::size_t>(same_path)];
      if (old.path != item.path) continue;  // a second path of another item: leave that item alone
      Item newer = item;
      newer.captions = old.captions;
      for (const auto& [set, caption] : item.captions) newer.captions.try_emplace(set, caption);
      at_of_id[item.id] = same_path;
      replace_at(document, same_path, std::move(newer));
    } else {
      at_of_id[item.id] = at_of_path[item.path] = static_cast<int>(document.items.size());
      document.items.push_back(std::make_shared<const Item>(item));
      ++added;
    }
    ++out.changed;
  }
  std::sort(document.items.begin(), document.items.end(),
            [](const auto& a, const auto& b) { return natural_less(a->path, b->path); });
  document.reindex();
  out.label = "Add " + count_of(added ? added : static_cast<std::size_t>(out.changed), "picture", "pictures");
  return out;
}

Result<Performed> perform_one(const Document& before, const RemoveItems& command) {
  const std::unordered_set<ItemId> gone(command.items.begin(), command.items.end());
  Performed out{before, "", 0};
  const auto is_gone = [&](const auto& item) { return gone.count(item->id) != 0; };
  out.changed = static_cast<int>(std::erase_if(out.document.items, is_gone));
  out.document.reindex();
  out.label = "Remove " + count_of(static_cast<std::size_t>(out.changed), "picture", "pictures");
  return out;
}

Result<Performed> perform_one(const Document& before, const SetCaption& command) {
  const int at = before.position(command.item);
  if (at < 0) {
    return Error{ErrorCode::NotFound, "There is no picture with the id \"" + command.item + "\".",
                 "Ask vignette.state() for the ids of this dataset."};
  }
  Item item = *before.items[static_cast<std::size_t>(at)];
  Performed out{before, "Edit caption of " + item.name, 0};
  const std::string text = to_utf8(command.text);
  if (caption_text(item, command.set) == text) return out;
  if (text.empty()) {
    item.captions.erase(command.set);
  } else {
    item.captions[command.set] = {text, command.author, command.time};
  }
  replace_at(out.document, at, std::move(item));
  out.changed = 1;
  return out;
}

Result<Performed> perform_one(const Document& before, const SetCaptions& command) {
  Performed out{before, "", 0};
  for (const auto& [id, caption] : command.captions) {
    const int at = before.position(id);
    if (at < 0) continue;
    Item item = *out.document.items[static_cast<std::size_t>(at)];
    Caption now = caption;
    now.text = to_utf8(now.text);
    if (caption_text(item, command.set) == now.text) continue;
    if (now.text.empty()) {
      item.captions.erase(command.set);
    } else {
      item.captions[command.set] = std::move(now);
    }
    replace_at(out.document, at, std::move(item));
    ++out.changed;
  }
  out.label = "Set " + count_of(static_cast<std::size_t>(out.changed), "caption", "captions");
  return out;
}

Result<Performed> perform_one(const Document& before, const AffixCaptions& command) {
  Performed out{before, "", 0};
  for (const ItemId& id : command.items) {
    const int at = before.position(id);
    if (at < 0) continue;
    const Item& old = *before.items[static_cast<std::size_t>(at)];
    if (!is_captioned(old, command.set)) continue;
    std::string text = with_affixes(caption_text(old, command.set), command.prefix, command.suffix);
    if (text == caption_text(old, command.set)) continue;
    Item item = old;
    item.captions[command.set] = {std::move(text), {AuthorKind::Human, ""}, command.time};
    replace_at(out.document, at, std::move(item));
    ++out.changed;
  }
  const char* what = command.suffix.empty()   ? "Add prefix to "
                     : command.prefix.empty() ? "Add suffix to "
                                              : "Add prefix and suffix to ";
  out.label = what + count_of(static_cast<std::size_t>(out.changed), "caption", "captions");
  return out;
}

Result<Performed> perform_one(const Document& before, const ReplaceInCaptions& command) {
  if (command.find.empty()) {
    return Error{ErrorCode::InvalidInput, "There is nothing to look for.",
                 "Say which words should be replaced."};
  }
  Performed out{before, "", 0};
  const std::string with = to_utf8(command.replace);
  for (const ItemId& id : command.items) {
    const int at = before.position(id);
    if (at < 0) continue;
    const Item& old = *before.items[static_cast<std::size_t>(at)];
    auto text = replaced(caption_text(old, command.set), command.find, with, command.rules);
    if (!text || *text == caption_text(old, command.set)) continue;
    Item item = old;
    if (text->empty()) {
      item.captions.erase(command.set);
    } else {
      item.captions[command.set] = {std::move(*text), {AuthorKind::Human, ""}, command.time};
    }
    replace_at(out.document, at, std::move(item));
    ++out.changed;
  }
  out.label = "Replace words in " + count_of(static_cast<std::size_t>(out.changed), "caption", "captions");
  return out;
}

Result<Performed> perform_one(const Document& before, const ImportCaptions& command) {
  Performed out{before, "", 0};
  for (const auto& [id, text] : command.captions) {
    const int at = before.position(id);
    if (at < 0 || text.empty()) continue;
    const Item& old = *out.document.items[static_cast<std::size_t>(at)];
    if (is_captioned(old, command.set)) continue;
    Item item = old;
    item.captions[command.set] = {to_utf8(text), {AuthorKind::Import, ""}, command.time};
    replace_at(out.document, at, std::move(item));
    ++out.changed;
  }
  out.label =
      "Read " + count_of(static_cast<std::size_t>(out.changed), "caption", "captions") + " from files";
  return out;
}

Result<Performed> perform_one(const Document& before, const WriteCaptions& command) {
  Performed out{before, command.label, 0};
  for (const WriteCaptions::Text& one : command.texts) {
    const int at = before.position(one.item);
    if (at < 0) continue;
    Item item = *out.document.items[static_cast<std::size_t>(at)];
    const std::string text = to_utf8(one.text);
    const auto known = item.captions.find(one.set);
    // The same words from another author are news: a re-run may replace a model's, never a person's.
    if (known != item.captions.end() ? known->second.text == text && known->second.author == command.author
                                     : text.empty())
      continue;
    if (text.empty()) {
      item.captions.erase(known);
    } else {
      item.captions[one.set] = {text, command.author, command.time};
    }
    replace_at(out.document, at, std::move(item));
    ++out.changed;
  }
  return out;
}

Result<Performed> perform_one(const Document& before, const RenameDataset& command) {
  const std::string name(trim(command.name));
  if (name.empty())
    return Error{ErrorCode::InvalidInput, "A dataset needs a name.", "Type at least one character."};
  Performed out{before, "Rename dataset to " + name, name == before.name ? 0 : 1};
  out.document.name = name;
  return out;
}

Result<Performed> perform_one(const Document& before, const ChangeSettings& command) {
  Performed out{before, command.label, command.settings == before.settings ? 0 : 1};
  out.document.settings = command.settings;
  return out;
}

}  // namespace

Result<Performed> perform(const Document& before, const Command& command) {
  return std::visit([&](const auto& one) { return perform_one(before, one); }, command);
}

}  // namespace vignette
