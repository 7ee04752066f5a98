#include "shared/formats/replicate.hpp"

#include <algorithm>
#include <cstdio>
#include <unordered_set>

#include "shared/base/utf8.hpp"
#include "shared/formats/export_names.hpp"

namespace vignette {
namespace {

/// One line, without the punctuation at its end: the trainer joins lines with commas by itself, and a full
/// stop would be learned as part of the subject.
std::string text_for_training(std::string_view caption) {
  std::string line;
  for (const char c : trim(caption)) {
    const bool space = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!space) {
      line.push_back(c);
    } else if (!line.empty() && line.back() != ' ') {
      line.push_back(' ');
    }
  }
  while (!line.empty() && std::string_view(".!?,;: ").find(line.back()) != std::string_view::npos)
    line.pop_back();
  return line;
}

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

bool ExportPlan::can_start() const {
  const auto blocks = [](const ExportProblem& p) { return p.blocking; };
  return !pairs.empty() && std::none_of(problems.begin(), problems.end(), blocks);
}

ExportPlan plan_replicate(const Document& document, const ReplicateOptions& options,
                          const std::vector<ItemId>* only) {
  ExportPlan plan;
  plan.archive_name = archive_name(document);
  std::unordered_set<ItemId> wanted;
  if (only) wanted.insert(only->begin(), only->end());

  UniqueStems stems;
  for (const auto& item : document.items) {
    if (only && wanted.count(item->id) == 0) continue;
    const std::string text = text_for_training(caption_text(*item));
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
