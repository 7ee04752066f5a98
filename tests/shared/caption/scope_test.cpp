#include "shared/caption/scope.hpp"

#include <doctest/doctest.h>

#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

/// empty · a model's · a person's · from a file
Document four() {
  std::vector<Item> items;
  for (const char* id : {"1", "2", "3", "4"}) items.push_back(testing::item(id, std::string(id) + ".jpg"));
  items[1].captions[kMainSet] = {"by a model", {AuthorKind::Model, "p/m"}, 0};
  items[2].captions[kMainSet] = {"by hand", {AuthorKind::Human, ""}, 0};
  items[3].captions[kMainSet] = {"from a file", {AuthorKind::Import, ""}, 0};
  return testing::document(items);
}

ScopeRequest all(Policy policy, bool also_people = false) {
  ScopeRequest out;
  out.items = {"1", "2", "3", "4"};
  out.policy = policy;
  out.also_people = also_people;
  return out;
}

using Ids = std::vector<ItemId>;

std::string why(const ScopePlan& plan) {
  std::string out;
  for (const Skipped& skipped : plan.skipped) out += skipped.sentence + " ";
  return out;
}

}  // namespace

TEST_CASE("each policy takes what it may and counts the rest with its reason") {
  const Document document = four();
  ScopePlan plan = plan_scope(document, all(Policy::Missing));
  CHECK(plan.items == Ids{"1"});
  CHECK(why(plan) == "3 have a caption already. ");
  CHECK(plan.total == 4);

  plan = plan_scope(document, all(Policy::ModelText));
  CHECK(plan.items == Ids{"1", "2"});
  CHECK(why(plan) == "1 has a caption that somebody wrote. 1 has a caption that came from a file. ");

  plan = plan_scope(document, all(Policy::Everything));
  CHECK(plan.items == Ids{"1", "2"});
  CHECK(plan.people == 0);

  plan = plan_scope(document, all(Policy::Everything, true));
  CHECK(plan.items == Ids{"1", "2", "3", "4"});
  CHECK(plan.people == 2);
  CHECK(plan.skipped.empty());
}

TEST_CASE("the tick alone does nothing without its policy") {
  CHECK(plan_scope(four(), all(Policy::Missing, true)).items == Ids{"1"});
  CHECK(plan_scope(four(), all(Policy::ModelText, true)).items == Ids{"1", "2"});
}

TEST_CASE("retrying takes what failed and still never a person's words") {
  ScopeRequest request = all(Policy::Failed);
  request.failed = {"1", "2", "3"};
  const ScopePlan plan = plan_scope(four(), request);
  CHECK(plan.items == Ids{"1", "2"});
  CHECK(why(plan) == "1 did not fail. 1 has a caption that somebody wrote. ");
}

TEST_CASE("what is gone, busy or named twice is counted once and left alone") {
  ScopeRequest request = all(Policy::Missing);
  request.items = {"1", "9", "1", "8"};
  request.busy = {"1"};
  const ScopePlan plan = plan_scope(four(), request);
  CHECK(plan.items.empty());
  CHECK(plan.total == 3);
  CHECK(why(plan) == "2 are not in the dataset. 1 is being captioned by another job. ");
}

TEST_CASE("another caption set is judged by itself") {
  ScopeRequest request = all(Policy::Missing);
  request.set = "tags";
  CHECK(plan_scope(four(), request).items.size() == 4);
}

TEST_CASE("a picture edited by hand survives all plus overwrite model text") {
  Document document = four();
  document = perform(document, SetCaption{"2", "my own words", {AuthorKind::Human, ""}, 1})->document;
  CHECK(plan_scope(document, all(Policy::ModelText)).items == Ids{"1"});
}

TEST_CASE("an answer is stored, suggested or dropped by what happened meanwhile") {
  const Document before = four();
  const auto landing = [&](const Document& now, const ItemId& id, const ScopeRequest& request) {
    const Item* item = before.find(id);
    return landing_of(now, id, item != nullptr ? item->revision : 0, request);
  };
  CHECK(landing(before, "1", all(Policy::Missing)) == Landing::Store);
  CHECK(landing(before, "9", all(Policy::Missing)) == Landing::Drop);
  const Document gone = perform(before, RemoveItems{{"1"}})->document;
  CHECK(landing(gone, "1", all(Policy::Missing)) == Landing::Drop);

  const Document typed = perform(before, SetCaption{"1", "typed", {AuthorKind::Human, ""}, 1})->document;
  CHECK(landing(typed, "1", all(Policy::Missing)) == Landing::Suggest);
  CHECK(landing(typed, "1", all(Policy::ModelText)) == Landing::Suggest);
  // The tick was for the words that were there, not for those typed since.
  CHECK(landing(typed, "1", all(Policy::Everything, true)) == Landing::Suggest);
  CHECK(landing(before, "3", all(Policy::Everything, true)) == Landing::Store);

  const Document tagged =
      perform(before, SetCaption{"1", "a, b", {AuthorKind::Human, ""}, 1, "tags"})->document;
  CHECK(landing(tagged, "1", all(Policy::Missing)) == Landing::Store);
  const Document other = perform(before, SetCaption{"1", "m", {AuthorKind::Model, "p/m"}, 1})->document;
  CHECK(landing(other, "1", all(Policy::Missing)) == Landing::Suggest);
  CHECK(landing(other, "1", all(Policy::ModelText)) == Landing::Store);
  CHECK(landing(tagged, "1", all(Policy::Failed)) == Landing::Store);
}
