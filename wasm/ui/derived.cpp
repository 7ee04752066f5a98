#include "wasm/ui/derived.hpp"

#include "shared/dataset/commands.hpp"
#include "wasm/app/parts.hpp"

namespace vignette::ui {

namespace {

void count(Derived::Counts& counts, const Item& item, int times) {
  if (is_captioned(item)) counts.captioned += times;
  counts.bytes += static_cast<std::uint64_t>(times) * item.bytes;
}

}  // namespace

/// While captions arrive, one item after the other changes: only what changed is counted again.
void Derived::take_over(const std::vector<std::shared_ptr<const Item>>& items) {
  if (!counts_ || items_.size() != items.size()) {
    counts_.reset();
    items_ = items;
    return;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items_[i] == items[i]) continue;
    count(*counts_, *items_[i], -1);
    count(*counts_, *items[i], 1);
    items_[i] = items[i];
  }
}

bool Derived::follows(const Document& document) {
  if (known_ && items_ == document.items && context_ == document.settings.context &&
      trigger_ == document.settings.trigger && name_ == document.name)
    return true;
  take_over(document.items);
  context_ = document.settings.context;
  trigger_ = document.settings.trigger;
  name_ = document.name;
  known_ = true;
  plan_.reset();
  generate_.reset();
  affix_.reset();
  return false;
}

const Derived::Counts& Derived::counts(const Document& document) {
  follows(document);
  if (counts_) return *counts_;
  Counts counts;
  counts.items = static_cast<int>(document.items.size());
  for (const auto& item : document.items) count(counts, *item, 1);
  counts_ = counts;
  return *counts_;
}

const ExportPlan& Derived::plan(const State& state) {
  follows(state.document());
  const ReplicateOptions& options = state.session.export_options;
  const bool same_scope = !options.selected_only || plan_selection_ == state.session.selection.ids;
  const ExportFormat format = state.session.export_format;
  if (plan_ && plan_options_ == options && plan_format_ == format && same_scope) return *plan_;
  plan_format_ = format;
  plan_options_ = options;
  plan_selection_ = state.session.selection.ids;
  plan_ = plan_export(state, format, options);
  return *plan_;
}

int Derived::affix_changes(const State& state, bool selected_only) {
  follows(state.document());
  const Session& session = state.session;
  const bool same_scope = !selected_only || affix_selection_ == session.selection.ids;
  if (affix_ && affix_prefix_ == session.prefix && affix_suffix_ == session.suffix &&
      affix_selected_only_ == selected_only && same_scope) {
    return *affix_;
  }
  affix_prefix_ = session.prefix;
  affix_suffix_ = session.suffix;
  affix_selected_only_ = selected_only;
  affix_selection_ = session.selection.ids;
  AffixCaptions command{{}, session.prefix, session.suffix, state.now};
  if (selected_only) {
    command.items.assign(affix_selection_.begin(), affix_selection_.end());
  } else {
    for (const auto& item : items_) command.items.push_back(item->id);
  }
  const Result<Performed> performed = perform(state.document(), command);
  affix_ = performed ? performed->changed : 0;
  return *affix_;
}

}  // namespace vignette::ui
