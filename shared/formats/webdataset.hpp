#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "shared/dataset/document.hpp"
#include "shared/formats/export_plan.hpp"

namespace vignette {

struct ShardOptions {
  MissingCaption missing = MissingCaption::Skip;
  std::uint64_t shard_bytes = 1'000'000'000;  ///< a shard is closed before it grows past this
  std::size_t shard_pictures = 10'000;
};

/// A member of a shard: either a picture's own bytes (`item` is set) or `content`.
struct ShardMember {
  std::string name;
  std::uint64_t size = 0;
  ItemId item;
  std::string content;
};
struct Shard {
  std::string name;  ///< shard-000000.tar
  std::vector<ShardMember> members;
  std::uint64_t bytes = 0;  ///< of the finished tar
};
struct ShardPlan {
  std::vector<Shard> shards;
  std::vector<ExportProblem> problems;
  int pictures = 0;
  int skipped = 0;
  std::uint64_t bytes = 0;
  bool can_start() const { return pictures > 0 && !blocks(problems); }
};

/// WebDataset as its readers want it: for each picture `<key>.jpg`, `<key>.json` and `<key>.txt` beside each
/// other. A reader cuts a name at its first dot, so keys have none, and every picture has the same fields,
/// because Hugging Face infers them from the first five. `only` limits it to these items; null: all.
ShardPlan plan_shards(const Document& document, const ShardOptions& options,
                      const std::vector<ItemId>* only = nullptr);

}  // namespace vignette
