#include "shared/formats/webdataset.hpp"

#include <doctest/doctest.h>

#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::testing;

namespace {

std::vector<std::string> names_in(const Shard& shard) {
  std::vector<std::string> names;
  for (const ShardMember& member : shard.members) names.push_back(member.name);
  return names;
}

}  // namespace

TEST_CASE("the fields of a picture lie beside each other under a key without dots") {
  const ShardPlan plan = plan_shards(document({item("1", "shoot/jenny.lbx 01.jpg", "Jenny."),
                                               item("2", "jenny-lbx_01.jpg", "Jenny again.")}),
                                     {});
  REQUIRE(plan.shards.size() == 1);
  CHECK(plan.shards[0].name == "shard-000000.tar");
  CHECK(names_in(plan.shards[0]) == std::vector<std::string>{"jenny-lbx_01.jpg", "jenny-lbx_01.json",
                                                             "jenny-lbx_01.txt", "jenny-lbx_01_2.jpg",
                                                             "jenny-lbx_01_2.json", "jenny-lbx_01_2.txt"});
  const ShardMember& facts = plan.shards[0].members[4];
  CHECK(facts.content ==
        R"({"file_name":"shoot/jenny.lbx 01.jpg","width":640,"height":480,"author":"import"})");
  CHECK(facts.size == facts.content.size());
  CHECK(plan.shards[0].members[5].content == "Jenny.");
  CHECK(plan.shards[0].members[0].item == "2");
  CHECK(plan.shards[0].members[0].size == 1000);
  CHECK(plan.shards[0].bytes % 10'240 == 0);
  CHECK(plan.bytes == plan.shards[0].bytes);
}

TEST_CASE("keys that readers would skip are given another name") {
  const ShardPlan plan = plan_shards(document({item("1", "日本.jpg", "x"), item("2", "__a.jpg", "y")}), {});
  CHECK(plan.shards[0].members[0].name == "a.jpg");
  CHECK(plan.shards[0].members[3].name == "picture.jpg");
}

TEST_CASE("shards are closed before they grow past their size or number") {
  std::vector<Item> items;
  for (int i = 0; i < 50; ++i) {
    items.push_back(item(std::to_string(i), "p" + std::to_string(i) + ".jpg", "a cat"));
    items.back().bytes = 30'000;
  }
  ShardOptions options;
  options.shard_bytes = 200'000;
  const ShardPlan by_size = plan_shards(document(items), options);
  CHECK(by_size.shards.size() > 5);
  std::size_t members = 0;
  for (const Shard& shard : by_size.shards) {
    CHECK(shard.bytes <= options.shard_bytes);
    CHECK(shard.members.size() % 3 == 0);
    members += shard.members.size();
  }
  CHECK(members == 150);
  CHECK(by_size.shards[1].name == "shard-000001.tar");

  options = {};
  options.shard_pictures = 20;
  CHECK(plan_shards(document(items), options).shards.size() == 3);
  options.shard_bytes = 1;  // each picture is larger: one a shard, and none is lost
  CHECK(plan_shards(document(items), options).shards.size() == 50);
}

TEST_CASE("every picture has the same fields, or it is told that some will not be read") {
  std::vector<Item> items{item("1", "a.jpg", "x"), item("2", "b.png", "y"), item("3", "c.jpg")};
  items[1].format = Format::Png;
  ShardPlan plan = plan_shards(document(items), {});
  REQUIRE(plan.problems.size() == 2);
  CHECK(plan.problems[0].text == "c.jpg has no caption.");
  CHECK(plan.problems[1].text.find("1 .jpg, 1 .png") != std::string::npos);
  CHECK(plan.can_start());
  CHECK(plan.skipped == 1);

  ShardOptions options;
  options.missing = MissingCaption::WriteEmpty;
  plan = plan_shards(document(items), options);
  CHECK(plan.pictures == 3);
  CHECK(plan.shards[0].members.back().name == "c.txt");
  CHECK(plan.shards[0].members.back().size == 0);
  options.missing = MissingCaption::Stop;
  CHECK_FALSE(plan_shards(document(items), options).can_start());
}
