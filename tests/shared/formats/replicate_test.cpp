#include "shared/formats/replicate.hpp"

#include <doctest/doctest.h>

#include "shared/formats/export_names.hpp"
#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::testing;

TEST_CASE("each picture lies beside a text of the same stem, flat, without end punctuation") {
  Document cats = document(
      {item("1", "shoot/cat1.jpg", "A tabby cat.\nOn a sofa!!"), item("2", "cat2.jpg", "a black cat")});
  cats.settings.context = "Red Vase, studio";
  const ExportPlan plan = plan_replicate(cats, {});
  CHECK(plan.archive_name == "red_vase_studio_training.zip");
  CHECK(plan.can_start());
  REQUIRE(plan.pairs.size() == 2);
  CHECK(plan.pairs[0].picture_path == "cat2.jpg");
  CHECK(plan.pairs[1].picture_path == "cat1.jpg");
  CHECK(plan.pairs[1].text_path == "cat1.txt");
  CHECK(plan.pairs[1].text == "A tabby cat. On a sofa");
}

TEST_CASE("missing captions stop, are skipped, or are written empty, as chosen") {
  const Document cats = three_cats();
  ReplicateOptions options;
  ExportPlan plan = plan_replicate(cats, options);
  CHECK_FALSE(plan.can_start());
  REQUIRE(plan.problems.size() == 1);
  CHECK(plan.problems[0].text == "cat10.jpg has no caption.");

  options.missing = MissingCaption::Skip;
  plan = plan_replicate(cats, options);
  CHECK(plan.can_start());
  CHECK(plan.pairs.size() == 2);
  CHECK(plan.skipped == 1);

  options.missing = MissingCaption::WriteEmpty;
  plan = plan_replicate(cats, options);
  REQUIRE(plan.pairs.size() == 3);
  CHECK(plan.pairs[2].text == "\n");  // never a file of no bytes
}

TEST_CASE("names that would clash get numbers, whatever their case, folder or extension") {
  std::vector<Item> items{item("1", "a/cat.jpg", "x"), item("2", "b/Cat.png", "y"),
                          item("3", "cat_2.jpg", "z")};
  items[1].format = Format::Png;
  const ExportPlan plan = plan_replicate(document(items), {});
  REQUIRE(plan.pairs.size() == 3);
  CHECK(plan.pairs[0].picture_path == "cat.jpg");
  CHECK(plan.pairs[1].picture_path == "Cat_2.png");
  CHECK(plan.pairs[2].picture_path == "cat_2_2.jpg");
  CHECK(plan.problems.size() == 2);
}

TEST_CASE("an extension tells the truth about the bytes") {
  std::vector<Item> items{item("1", "photo.jpg", "x")};
  items[0].format = Format::Png;
  CHECK(plan_replicate(document(items), {}).pairs[0].picture_path == "photo.png");
}

TEST_CASE("sequential names follow the order of the dataset") {
  Document cats = document({item("1", "b.jpg", "x"), item("2", "a.jpg", "y")});
  cats.settings.context = "My Cat";
  ReplicateOptions options;
  options.names = NameStyle::Sequential;
  const ExportPlan plan = plan_replicate(cats, options);
  CHECK(plan.pairs[0].item == "2");
  CHECK(plan.pairs[0].picture_path == "my_cat_0001.jpg");
  CHECK(plan.pairs[1].text_path == "my_cat_0002.txt");
}

TEST_CASE("formats the trainer does not read are named") {
  std::vector<Item> items{item("1", "a.gif", "x")};
  items[0].format = Format::Gif;
  const ExportPlan plan = plan_replicate(document(items), {});
  REQUIRE(plan.problems.size() == 1);
  CHECK_FALSE(plan.problems[0].blocking);
  CHECK(plan.problems[0].text.find("GIF") != std::string::npos);
}

TEST_CASE("[trigger] stays in captions, or becomes the word that was chosen") {
  const Document vases = document({item("1", "a.jpg", "[trigger] vase beside [trigger].")});
  ReplicateOptions options;
  CHECK(plan_replicate(vases, options).pairs[0].text == "[trigger] vase beside [trigger]");
  options.trigger = "[trigger]x";
  CHECK(plan_replicate(vases, options).pairs[0].text == "[trigger]x vase beside [trigger]x");
  CHECK(caption_text(*vases.items[0]) == "[trigger] vase beside [trigger].");
}

TEST_CASE("a scope limits the export to its items") {
  const Document cats = three_cats();
  const std::vector<ItemId> only{"2"};
  CHECK(plan_replicate(cats, {}, &only).pairs.size() == 1);
  const std::vector<ItemId> none;
  CHECK_FALSE(plan_replicate(cats, {}, &none).can_start());
}

TEST_CASE("file stems are made safe for every file system") {
  CHECK(safe_stem("a/b:c*d") == "a_b_c_d");
  CHECK(safe_stem("..hidden. ") == "hidden");
  CHECK(safe_stem("CON") == "CON_");
  CHECK(safe_stem("com1.backup") == "com1.backup_");
  CHECK(safe_stem("日本") == "__");
  CHECK(safe_stem("") == "picture");
  CHECK(slug("  Ein schöner Tag! ") == "ein_sch_ner_tag");
}
