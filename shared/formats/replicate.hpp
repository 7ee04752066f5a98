#pragma once
#include <string>
#include <vector>

#include "shared/dataset/document.hpp"
#include "shared/formats/export_plan.hpp"

namespace vignette {

enum class NameStyle {
  Keep,       ///< file names as they came; clashes get _2, _3 …
  Sequential  ///< context_0001, context_0002 …
};

struct ReplicateOptions {
  MissingCaption missing = MissingCaption::Stop;
  NameStyle names = NameStyle::Keep;
  bool strip_metadata = false;
  bool selected_only = false;
  std::string trigger;  ///< takes the place of [trigger] in captions; empty: that stays
  bool operator==(const ReplicateOptions&) const = default;
};

/// What a Replicate LoRA trainer wants: one flat ZIP of name.jpg + name.txt pairs, nothing else.
/// `only` limits it to these items; null means all.
ExportPlan plan_replicate(const Document& document, const ReplicateOptions& options,
                          const std::vector<ItemId>* only = nullptr);

}  // namespace vignette
