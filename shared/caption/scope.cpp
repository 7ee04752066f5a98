#include "shared/caption/scope.hpp"

#include <array>
#include <optional>

namespace vignette::caption {
namespace {

constexpr std::array kReasons = {Skip::Gone,  Skip::Captioned, Skip::NotFailed,
                                 Skip::Human, Skip::Imported,  Skip::Busy};

AuthorKind author_of(const Item& item, const std::string& set) { return item.captions.at(set).author.kind; }

/// Why the policy leaves this item alone; nothing: it may be captioned.
std::optional<Skip> refusal_of(const Item& item, const ScopeRequest& request) {
  if (request.policy == Policy::Failed && request.failed.count(item.id) == 0) return Skip::NotFailed;
  if (!is_captioned(item, request.set)) return std::nullopt;
  if (request.policy == Policy::Everything && request.also_people) return std::nullopt;
  if (request.policy == Policy::Missing) return Skip::Captioned;
  switch (author_of(item, request.set)) {
    case AuthorKind::Human: return Skip::Human;
    case AuthorKind::Import: return Skip::Imported;
    case AuthorKind::Model: return std::nullopt;
  }
  return std::nullopt;
}

std::string sentence_for(Skip reason, std::size_t n) {
  const bool one = n == 1;
  const std::string count = std::to_string(n);
  switch (reason) {
    case Skip::Gone: return count + (one ? " is" : " are") + " not in the dataset.";
    case Skip::Captioned: return count + (one ? " has" : " have") + " a caption already.";
    case Skip::NotFailed: return count + " did not fail.";
    case Skip::Human: return count + (one ? " has" : " have") + " a caption that somebody wrote.";
    case Skip::Imported: return count + (one ? " has" : " have") + " a caption that came from a file.";
    case Skip::Busy: return count + (one ? " is" : " are") + " being captioned by another job.";
  }
  return {};
}

}  // namespace

ScopePlan plan_scope(const Document& document, const ScopeRequest& request) {
  ScopePlan plan;
  std::array<std::size_t, kReasons.size()> counts{};
  std::unordered_set<ItemId> seen;
  for (const ItemId& id : request.items) {
    if (!seen.insert(id).second) continue;
    ++plan.total;
    const Item* item = document.find(id);
    std::optional<Skip> skip = Skip::Gone;
    if (item != nullptr) skip = request.busy.count(id) != 0 ? Skip::Busy : refusal_of(*item, request);
    if (skip) {
      ++counts[static_cast<std::size_t>(*skip)];
      continue;
    }
    plan.items.push_back(id);
    if (is_captioned(*item, request.set) && author_of(*item, request.set) != AuthorKind::Model) ++plan.people;
  }
  for (const Skip reason : kReasons) {
    const std::size_t count = counts[static_cast<std::size_t>(reason)];
    if (count > 0) plan.skipped.push_back({reason, count, sentence_for(reason, count)});
  }
  return plan;
}

Landing landing_of(const Document& document, const ItemId& id, std::uint32_t revision,
                   const ScopeRequest& request) {
  const Item* item = document.find(id);
  if (item == nullptr) return Landing::Drop;
  if (item->revision == revision) return Landing::Store;
  // The item moved on, perhaps only by a second path; what counts is whether its words are still ours to
  // write.
  ScopeRequest now = request;
  // With the tick somebody gave up the old words, not the ones being typed now; and what failed then need not
  // be failed any more.
  now.also_people = false;
  if (now.policy == Policy::Failed) now.policy = Policy::ModelText;
  return refusal_of(*item, now) ? Landing::Suggest : Landing::Store;
}

}  // namespace vignette::caption
