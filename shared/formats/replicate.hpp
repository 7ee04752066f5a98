#pragma once
#include <string>
#include <vector>

#include "shared/dataset/document.hpp"

namespace vignette {

enum class MissingCaption { Skip, WriteEmpty, Stop };
enum class NameStyle {
  Keep,       ///< file names as they came; clashes get _2, _3 …
  Sequential  ///< context_0001, context_0002 …
};

struct ReplicateOptions {
  MissingCaption missing = MissingCaption::Stop;
  NameStyle names = NameStyle::Keep;
  bool strip_metadata = false;
  bool selected_only = false;
  bool operator==(const ReplicateOptions&) const = default;
};

/// One picture and its text as they will lie in the archive.
struct ExportPair {
  ItemId item;
  std::string picture_path;
  std::string text_path;  ///< "" when no text is written
  std::string text;
};
struct ExportProblem {
  ItemId item;
  std::string text;       ///< "cat.png has no caption."
  bool blocking = false;  ///< the export cannot start before this is solved or an option changed
};
struct ExportPlan {
  std::string archive_name;
  std::vector<ExportPair> pairs;
  std::vector<ExportProblem> problems;
  int skipped = 0;
  std::uint64_t bytes = 0;  ///< of all pictures and texts, before ZIP headers
  bool can_start() const;
};

/// What a Replicate LoRA trainer wants: one flat ZIP of name.jpg + name.txt pairs, nothing else.
/// `only` limits it to these items; null means all.
ExportPlan plan_replicate(const Document& document, const ReplicateOptions& options,
                          const std::vector<ItemId>* only = nullptr);

}  // namespace vignette
