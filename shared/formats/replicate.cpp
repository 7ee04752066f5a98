#include "shared/formats/replicate.hpp"

#include <cstdio>
#include <unordered_set>

#include "shared/formats/export_names.hpp"

namespace vignette {
namespace {

bool trains(Format format) {
  return format == Format::Jpeg || format == Format::Png || format == Format::WebP;
}

std::string sequential_stem(const Document& document, std::size_t number) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "_%04zu", number);
  const std::string base =
      slug(document.settings.context.empty() ? document.name : document.settings.context);
  return (base.empty() ? "picture" : base) + digits;
}

std::string archive_name(const Document& document) {
  const std::string base =
      slug(document.settings.context.empty() ? document.name : document.settings.context);
  return (base.empty() ? "dataset" : base) + "_training.zip";
}

}  // namespace

ExportPlan plan_replicate(const Document& document, const ReplicateOptions& options,
                          const std::vector<ItemId>* only) {
  ExportPlan plan;
  plan.archive_name = archive_name(document);
  std::unordered_set<ItemId> wanted;
  if (only) wanted.insert(only->begin(), only->end());

  UniqueStems stems;
  for (const auto& item : document.items) {
    if (only && wanted.count(item->id) == 0) continue;
    const std::string text = text_for_training(with_trigger_word(caption_text(*item), options.trigger));
    if (text.empty()) {
      const bool stops = options.missing == MissingCaption::Stop;
      if (options.missing != MissingCaption::WriteEmpty)
        plan.problems.push_back({item->id, item->name + " has no caption.", stops});
      if (options.missing == MissingCaption::Skip) {
        ++plan.skipped;
        continue;
      }
    }
    if (!trains(item->format)) {
      plan.problems.push_back(
          {item->id,
           item->name + " is a " + name_of(item->format) + "; the trainer reads JPEG, PNG and WebP only.",
           false});
    }
    const std::string wanted_stem = options.names == NameStyle::Keep
                                        ? safe_stem(stem_of(item->path))
                                        : sequential_stem(document, plan.pairs.size() + 1);
    const std::string stem = stems.take(wanted_stem);
    if (stem != wanted_stem) {
      plan.problems.push_back(
          {item->id, item->path + " is written as " + stem + ", because another picture has its name.",
           false});
    }
    // An empty text is one line feed: some trainers stop at a file of no bytes.
    plan.pairs.push_back(
        {item->id, stem + "." + extension_of(item->format), stem + ".txt", text.empty() ? "\n" : text});
    plan.bytes += item->bytes + plan.pairs.back().text.size();
  }
  return plan;
}

}  // namespace vignette
