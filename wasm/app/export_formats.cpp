#include "shared/archive/tar.hpp"
#include "shared/formats/webdata.hpp"
#include "shared/formats/webdataset.hpp"
#include "wasm/app/parts.hpp"

// Which files each format makes of the dataset.

namespace vignette {
namespace {

ShardPlan shards_of(const State& state, const ReplicateOptions& options) {
  ShardOptions shard;
  shard.missing = options.missing;
  std::vector<ItemId> selected;
  return plan_shards(state.document(), shard, export_scope(state, options, selected));
}

/// Shards, as the preview of every format looks.
ExportPlan as_plan(const ShardPlan& shards) {
  ExportPlan plan;
  const std::size_t count = shards.shards.size();
  plan.archive_name = count == 1 ? shards.shards.front().name : count_of(count, "shard", "shards");
  plan.problems = shards.problems;
  plan.skipped = shards.skipped;
  plan.bytes = shards.bytes;
  for (const Shard& shard : shards.shards) {
    for (const ShardMember& member : shard.members) {
      if (!member.item.empty()) {
        plan.pairs.push_back({member.item, member.name, "", ""});
      } else if (member.name.ends_with(".txt") && !plan.pairs.empty()) {
        plan.pairs.back().text_path = member.name;
        plan.pairs.back().text = member.content;
      }
    }
  }
  return plan;
}

std::string as_text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

ExportPlan plan_export(const State& state, ExportFormat format, const ReplicateOptions& options) {
  std::vector<ItemId> selected;
  switch (format) {
    case ExportFormat::WebData: return plan_webdata(state.document(), export_scope(state, options, selected));
    case ExportFormat::WebDataset: return as_plan(shards_of(state, options));
    case ExportFormat::Replicate: break;
  }
  ReplicateOptions with_trigger = options;
  if (with_trigger.trigger.empty()) with_trigger.trigger = state.document().settings.trigger;
  return plan_replicate(state.document(), with_trigger, export_scope(state, options, selected));
}

std::vector<BuildFile> shard_files(const State& state, const ReplicateOptions& options) {
  std::vector<BuildFile> files;
  for (const Shard& shard : shards_of(state, options).shards) {
    BuildFile file;
    file.name = shard.name;
    file.mime = "application/x-tar";
    TarWriter tar;
    for (const ShardMember& member : shard.members) {
      const Result<Bytes> header = tar.add({.name = member.name, .size = member.size});
      if (!header) continue;  // keys are made of safe letters and unique
      ArchiveEntry between;
      between.text = as_text(*header) + member.content;
      file.parts.push_back(std::move(between));
      if (member.item.empty()) continue;
      ArchiveEntry picture;
      picture.source = state.sources.at(member.item);
      picture.bytes = member.size;
      file.parts.push_back(std::move(picture));
    }
    ArchiveEntry end;
    end.text = as_text(tar.finish());
    file.parts.push_back(std::move(end));
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace vignette
