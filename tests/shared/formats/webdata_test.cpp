#include "shared/formats/webdata.hpp"

#include <doctest/doctest.h>

#include "tests/shared/dataset/documents.hpp"

using namespace vignette;
using namespace vignette::testing;

TEST_CASE("label.json is to the byte what Python writes with an indent of four") {
  CHECK(label_json({}) == "[]");
  CHECK(label_json({{"a.jpg", "a \"tabby\" cat\nCafé 😀\\\x7f"}, {"b.png", ""}}) ==
        "[\n"
        "    {\n"
        "        \"file_name\": \"a.jpg\",\n"
        "        \"text\": \"a \\\"tabby\\\" cat\\nCaf\\u00e9 \\ud83d\\ude00\\\\\\u007f\"\n"
        "    },\n"
        "    {\n"
        "        \"file_name\": \"b.png\",\n"
        "        \"text\": \"\"\n"
        "    }\n"
        "]");
}

TEST_CASE("webdata.zip holds the captioned pictures flat and one file with all texts") {
  const ExportPlan plan = plan_webdata(document(
      {item("1", "a/cat.jpg", " A cat. "), item("2", "b/cat.jpg", "Another."), item("3", "dog.jpg")}));
  CHECK(plan.archive_name == "webdata.zip");
  CHECK(plan.can_start());
  REQUIRE(plan.pairs.size() == 2);
  CHECK(plan.pairs[0].picture_path == "cat.jpg");
  CHECK(plan.pairs[0].text_path.empty());
  CHECK(plan.pairs[1].picture_path == "cat_2.jpg");  // the original let one overwrite the other
  REQUIRE(plan.files.size() == 1);
  CHECK(plan.files[0].path == "label.json");
  CHECK(plan.files[0].content == label_json({{"cat.jpg", "A cat."}, {"cat_2.jpg", "Another."}}));
  CHECK(plan.skipped == 1);
  REQUIRE(plan.problems.size() == 2);
  CHECK(plan.problems[1].text == "dog.jpg has no caption and is left out.");
  CHECK_FALSE(plan_webdata(document({item("3", "dog.jpg")})).can_start());
}

TEST_CASE("a scope limits webdata.zip to its items") {
  const std::vector<ItemId> only{"2"};
  const ExportPlan plan = plan_webdata(three_cats(), &only);
  REQUIRE(plan.pairs.size() == 1);
  CHECK(plan.pairs[0].picture_path == "cat2.jpg");
}
