#pragma once
#include <cstdint>
#include <set>
#include <string>

#include "wasm/app/state.hpp"

namespace vignette::ui {

/// What generating would do, by the form as it is.
struct GeneratePlan {
  caption::ScopePlan scope;
  caption::Estimate estimate;
  std::string problem;  ///< why it cannot start, or ""
};

/// What views want to know about a whole dataset. Computed when the document changed, not when a frame is
/// drawn.
class Derived {
 public:
  struct Counts {
    int items = 0;
    int captioned = 0;
    std::uint64_t bytes = 0;
  };
  const Counts& counts(const Document& document);

  /// The export as the session's options have it.
  const ExportPlan& plan(const State& state);

  /// How many captions the session's prefix and suffix would change.
  int affix_changes(const State& state, bool selected_only);

  const GeneratePlan& generate_plan(const State& state);

 private:
  /// Everything below was computed from this. Holding the pointers keeps addresses from being used again, so
  /// comparing them (10 µs for 10,000 items) is a safe way to see a change.
  bool follows(const Document& document);
  void take_over(const std::vector<std::shared_ptr<const Item>>& items);

  std::vector<std::shared_ptr<const Item>> items_;
  std::string context_;
  std::string trigger_;
  std::string name_;
  bool known_ = false;

  std::optional<Counts> counts_;

  std::optional<ExportPlan> plan_;
  ReplicateOptions plan_options_;
  ExportFormat plan_format_ = ExportFormat::Replicate;
  std::set<ItemId> plan_selection_;

  std::optional<GeneratePlan> generate_;
  std::string generate_key_;
  std::set<ItemId> generate_selection_;

  std::optional<int> affix_;
  std::string affix_prefix_, affix_suffix_;
  bool affix_selected_only_ = false;
  std::set<ItemId> affix_selection_;
};

}  // namespace vignette::ui
