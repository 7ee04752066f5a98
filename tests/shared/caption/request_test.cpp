#include "shared/caption/request.hpp"

#include <doctest/doctest.h>

#include "tests/shared/dataset/documents.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

CaptionTask task_with(const char* preset, const std::string& context = "Red vase") {
  CaptionTask task{.preset = *built_in_preset(preset),
                   .values = values_of(testing::item("1", "shoot/a.jpg", "old words")),
                   .picture = provider::tiny_jpeg()};
  value_of(task.values, Variable::Context) = context;
  return task;
}

provider::Answer answer(std::string text, provider::Finish finish = provider::Finish::Stop) {
  provider::Answer out;
  out.text = std::move(text);
  out.finish = finish;
  return out;
}

}  // namespace

TEST_CASE("a question is system words, the picture by reference, and the filled prompt") {
  const CaptionTask task = task_with("object.long", "C++ {mug}");
  const Result<provider::ChatRequest> request = request_for(task);
  REQUIRE(request.has_value());
  REQUIRE(request->messages.size() == 2);
  CHECK(request->messages[0].role == provider::Role::System);
  const std::vector<provider::Part>& parts = request->messages[1].parts;
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].kind == provider::Part::Kind::Image);
  CHECK(parts[0].media.data.text.data() == task.picture.data.text.data());  // the same bytes, not a copy
  CHECK(parts[1].text.find("exactly: C++ {mug}\n") != std::string::npos);
  CHECK(request->params.max_tokens == 512);
  CHECK(request->params.temperature == 0.2);
  CHECK_FALSE(request->json.has_value());
  const std::string body =
      provider::body_of(provider::chat_call(provider::route_to("openai/gpt-4o"), *request));
  CHECK(body.find("/9j/") != std::string::npos);
}

TEST_CASE("a preset with a wrong variable asks nothing") {
  CaptionTask task = task_with("tags");
  task.preset.prompt = "{nope}";
  CHECK_FALSE(request_for(task).has_value());
}

TEST_CASE("an answer becomes a caption, or the one repair that names its fault") {
  const CaptionTask task = task_with("object.long");
  CHECK(read_caption(task, answer("Red vase with a crack.")).examined.caption == "Red vase with a crack");
  const ReadCaption wrong = read_caption(task, answer("A vase with a crack."));
  REQUIRE(wrong.examined.outcome == Outcome::Repair);
  const Result<provider::ChatRequest> repair = repair_for(task, wrong.examined);
  REQUIRE(repair.has_value());
  const std::string& words = repair->messages[1].parts[1].text;
  CHECK(words.starts_with(request_for(task)->messages[1].parts[1].text));
  CHECK(words.find("\"A vase with a crack\"") != std::string::npos);
  CHECK(words.find("- It does not begin with “Red vase”.") != std::string::npos);
  CHECK(read_caption(task, answer("A vase again"), true).examined.outcome == Outcome::Failed);
}

TEST_CASE("a provider's own refusal is one, whatever text came with it") {
  const CaptionTask task = task_with("object.long");
  for (const provider::Finish finish : {provider::Finish::Refused, provider::Finish::Filtered}) {
    const ReadCaption read = read_caption(task, answer("Red vase with a crack", finish));
    CHECK(read.examined.outcome == Outcome::Failed);
    CHECK(read.examined.refused);
    CHECK_FALSE(read.examined.reason().empty());
  }
  CHECK(read_caption(task, answer("Red vase with a cra", provider::Finish::Length)).examined.outcome ==
        Outcome::Repair);
}

TEST_CASE("a structured description gives its summary as the caption, and stays raw where it is none") {
  const CaptionTask task = task_with("description");
  const Result<provider::ChatRequest> request = request_for(task);
  REQUIRE(request->json.has_value());
  CHECK(parse_json(request->json->schema).has_value());
  const ReadCaption read =
      read_caption(task, answer("```json\n{\"scene_summary\":\"A vase.\",\"objects\":[],}\n```"));
  CHECK(read.examined.outcome == Outcome::Accepted);
  CHECK(read.examined.caption == "A vase.");
  REQUIRE(read.description.has_value());
  CHECK(read.description->readable);
  const ReadCaption prose = read_caption(task, answer("Just a vase."));
  CHECK(prose.examined.caption.empty());
  CHECK_FALSE(prose.description->readable);
  CHECK(prose.description->raw == "Just a vase.");
}

TEST_CASE("a wish about a caption is sent without any picture") {
  const provider::ChatRequest request = refine_request("A red vase", "shorter", *parse_parameters("seed=1"));
  REQUIRE(request.messages.size() == 2);
  CHECK(request.messages[1].parts.size() == 1);
  CHECK(request.messages[1].parts[0].text == "Instruction: shorter\n\nCaption:\nA red vase");
  CHECK(request.params.seed == 1);
}
