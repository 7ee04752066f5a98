#include "shared/formats/webdataset.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <unordered_set>

#include "shared/archive/tar.hpp"
#include "shared/base/utf8.hpp"
#include "shared/formats/export_names.hpp"
#include "shared/json/writer.hpp"

namespace vignette {
namespace {

/// Neither a dot, which would end the key, nor "__" at its start, which readers take for their own files.
std::string key_of(const Item& item) {
  std::string key = safe_stem(stem_of(item.path));
  for (char& c : key) {
    if (c == '.') c = '-';
    if (c == ' ') c = '_';
  }
  key.erase(0, key.find_first_not_of('_'));
  return key.empty() ? "picture" : key;
}

std::string facts_of(const Item& item) {
  JsonWriter json;
  json.open_object().field("file_name", item.path).field("width", item.width).field("height", item.height);
  const auto caption = item.captions.find(kMainSet);
  if (caption != item.captions.end()) json.field("author", name_of(caption->second.author));
  return json.close_object().take();
}

std::uint64_t tar_size(std::uint64_t content) { return 512 + (content + 511) / 512 * 512; }

std::string shard_name(std::size_t number) {
  char name[32];
  std::snprintf(name, sizeof name, "shard-%06zu.tar", number);
  return name;
}

/// What the archive will really measure: asked of the writer, so that the two cannot differ.
std::uint64_t finished_size(const Shard& shard) {
  TarWriter tar;
  for (const ShardMember& member : shard.members) {
    const Result<Bytes> header = tar.add({.name = member.name, .size = member.size});
    if (!header) return 0;  // keys are made of safe letters and unique
  }
  tar.finish();
  return tar.offset();
}

void name_mixed_formats(const std::map<std::string, int>& pictures_of, ShardPlan& plan) {
  if (pictures_of.size() < 2) return;
  std::string list;
  for (const auto& [extension, count] : pictures_of) {
    if (!list.empty()) list += ", ";
    list += std::to_string(count) + " ." + extension;
  }
  plan.problems.push_back(
      {"",
       "The pictures are of several formats (" + list +
           "). Hugging Face reads shards with one format only; convert the others or export them apart.",
       false});
}

}  // namespace

ShardPlan plan_shards(const Document& document, const ShardOptions& options,
                      const std::vector<ItemId>* only) {
  ShardPlan plan;
  std::unordered_set<ItemId> wanted;
  if (only) wanted.insert(only->begin(), only->end());

  UniqueStems keys;
  std::map<std::string, int> pictures_of;
  std::uint64_t room = 0;
  std::size_t free_places = 0;
  for (const auto& item : document.items) {
    if (only && wanted.count(item->id) == 0) continue;
    if (!is_captioned(*item)) {
      if (options.missing != MissingCaption::WriteEmpty)
        plan.problems.push_back(
            {item->id, item->name + " has no caption.", options.missing == MissingCaption::Stop});
      if (options.missing == MissingCaption::Skip) {
        ++plan.skipped;
        continue;
      }
    }
    const std::string key = keys.take(key_of(*item));
    const std::string text(trim(caption_text(*item)));
    const std::string facts = facts_of(*item);
    const std::uint64_t needs = tar_size(item->bytes) + tar_size(text.size()) + tar_size(facts.size());
    if (plan.shards.empty() || free_places == 0 || needs > room) {
      plan.shards.push_back({shard_name(plan.shards.size()), {}, 0});
      room = options.shard_bytes > 10'240 ? options.shard_bytes - 10'240 : 0;  // the end of the archive
      free_places = options.shard_pictures;
    }
    room -= std::min(room, needs);
    if (free_places > 0) --free_places;
    std::vector<ShardMember>& members = plan.shards.back().members;
    const std::string extension = extension_of(item->format);
    ++pictures_of[extension];
    members.push_back({key + "." + extension, item->bytes, item->id, ""});
    members.push_back({key + ".json", facts.size(), "", facts});
    members.push_back({key + ".txt", text.size(), "", text});
    ++plan.pictures;
  }
  name_mixed_formats(pictures_of, plan);
  for (Shard& shard : plan.shards) plan.bytes += shard.bytes = finished_size(shard);
  return plan;
}

}  // namespace vignette
