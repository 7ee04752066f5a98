#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "shared/dataset/document.hpp"

namespace vignette::caption {

/// Which pictures of a scope a job may caption.
enum class Policy {
  Missing,    ///< only those without a caption
  Failed,     ///< only those whose last try failed
  ModelText,  ///< also those whose caption a model wrote
  Everything  ///< also what people wrote, and only with a tick that says so
};

enum class Skip {
  Gone,       ///< not in the dataset (any more)
  Captioned,  ///< has a caption, and the policy wants only missing ones
  NotFailed,
  Human,     ///< somebody wrote this caption
  Imported,  ///< it came from a file, so somebody may have written it
  Busy,      ///< another job is at it
};

struct ScopeRequest {
  std::vector<ItemId> items;  ///< the scope; one that is named twice counts once
  Policy policy = Policy::Missing;
  /// The tick. Without it Everything is ModelText.
  bool also_people = false;
  std::string set = kMainSet;
  std::unordered_set<ItemId> failed;
  std::unordered_set<ItemId> busy;
};

struct Skipped {
  Skip reason = Skip::Gone;
  std::size_t count = 0;
  std::string sentence;  ///< "3 have a caption that somebody wrote."
};
struct ScopePlan {
  std::vector<ItemId> items;     ///< in the order of the scope: what the job will ask about
  std::vector<Skipped> skipped;  ///< by reason, without zeros
  std::size_t people = 0;        ///< of `items`: captions of people that would be replaced
  std::size_t total = 0;         ///< items and skipped together
};
ScopePlan plan_scope(const Document& document, const ScopeRequest& request);

/// What to do with an answer when it arrives; meanwhile the world may have changed.
enum class Landing {
  Store,
  Suggest,  ///< the caption was edited since: keep the answer beside it
  Drop      ///< the picture is gone
};
/// `revision`: what the item had when its answer was asked for.
Landing landing_of(const Document& document, const ItemId& item, std::uint32_t revision,
                   const ScopeRequest& request);

}  // namespace vignette::caption
