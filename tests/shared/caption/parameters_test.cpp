#include "shared/caption/parameters.hpp"

#include <doctest/doctest.h>

#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::caption;

namespace {

std::string problem(std::string_view line) {
  const Result<Parameters> parsed = parse_parameters(line);
  return parsed ? "fine" : parsed.error().message;
}

}  // namespace

TEST_CASE("the line of the original is read with its types") {
  const Parameters read =
      *parse_parameters("max_tokens=512, temperature=0.2,top_p = 0.20 , seed=7, stream=false");
  CHECK(read.chat.max_tokens == 512);
  CHECK(read.chat.temperature == 0.2);
  CHECK(read.chat.top_p == 0.2);
  CHECK(read.chat.seed == 7);
  CHECK(read.stream == false);
  CHECK_FALSE(read.chat.top_k.has_value());
  CHECK_FALSE(parse_parameters("  ")->chat.max_tokens.has_value());
  CHECK(parse_parameters("frequency_penalty=-.5")->chat.frequency_penalty == -0.5);
  CHECK(parse_parameters("effort=low")->chat.effort == provider::Effort::Low);
  CHECK(parse_parameters(R"(stop="a, \"b\" \\", top_k=3)")->chat.stop ==
        std::vector<std::string>{R"(a, "b" \)"});
  CHECK(parse_parameters("stop=END")->chat.stop == std::vector<std::string>{"END"});
}

TEST_CASE("a whole number goes out as one") {
  provider::ChatRequest request = provider::describe(provider::tiny_jpeg());
  request.params = parse_parameters("max_tokens=512, temperature=0.2")->chat;
  const std::string body =
      provider::body_of(provider::chat_call(provider::route_to("openai/gpt-4o"), request));
  CHECK(body.find("\"max_completion_tokens\":512,") != std::string::npos);
  CHECK(body.find("\"temperature\":0.2") != std::string::npos);
}

TEST_CASE("what is unknown or malformed is named with its place") {
  CHECK(problem("temprature=1") == "There is no parameter “temprature”. (character 1)");
  CHECK(problem("seed=1, max_token=5") == "There is no parameter “max_token”. (character 9)");
  CHECK(problem("max_tokens=512.0") ==
        "“max_tokens” must be a whole number from 1 to 131072. (character 12)");
  CHECK(problem("max_tokens=0") == "“max_tokens” must be a whole number from 1 to 131072. (character 12)");
  CHECK(problem("max_tokens=99999999999999999999") ==
        "“max_tokens” must be a whole number from 1 to 131072. (character 12)");
  CHECK(problem("temperature=2.1") == "“temperature” must be a number from 0 to 2. (character 13)");
  for (const char* bad : {"temperature=warm", "temperature=1e0", "temperature=.", "temperature=0,2",
                          "temperature=--1", "temperature=nan", "temperature=0x1", "temperature=+1"}) {
    CAPTURE(bad);
    CHECK(problem(bad) != "fine");
  }
  CHECK(problem("stream=yes") == "“stream” must be true or false. (character 8)");
  CHECK(problem("effort=max") == "“effort” must be one of model, off, low, medium, high. (character 8)");
  CHECK(problem("seed") == "“seed” has no value. (character 1)");
  CHECK(problem("seed=") == "“seed” has no value. (character 6)");
  CHECK(problem("seed, top_k=1") == "“seed” has no value. (character 1)");
  CHECK(problem("=1") == "A name is missing. (character 1)");
  CHECK(problem("seed=1,") == "A name is missing. (character 8)");
  CHECK(problem("seed=1,,top_k=2") == "A name is missing. (character 8)");
  CHECK(problem("seed=1, seed=2") == "“seed” is given twice. (character 9)");
  CHECK(problem("stop=\"a") == "A quote never closes. (character 6)");
  CHECK(problem("stop=\"a\" b") == "Something follows the closing quote. (character 10)");
  CHECK(problem("stop=\"\"") == "“stop” must be a text that is not empty. (character 6)");
  CHECK(problem("seed=\"1\"") == "“seed” takes no quoted text. (character 6)");
}

TEST_CASE("the line is written back in the order of the form and means the same") {
  const std::string line =
      R"(max_tokens=12, temperature=0.25, top_p=1, top_k=40, seed=0, presence_penalty=-2, frequency_penalty=0.5, stop="a, \"b\"", effort=off, stream=true)";
  CHECK(write_parameters(*parse_parameters(line)) == line);
  CHECK(write_parameters({}).empty());
  CHECK(write_parameters(*parse_parameters("top_k=1, max_tokens=2")) == "max_tokens=2, top_k=1");
}

TEST_CASE("the form sets one value at a time, and a blank field takes it away") {
  Parameters parameters;
  for (const Field& field : fields()) {
    CAPTURE(field.key);
    CHECK(field_named(field.key) == &field);
    CHECK_FALSE(value_text(parameters, field).has_value());
    const char* typed =
        field.kind == ValueKind::Flag ? "true" : (field.kind == ValueKind::Choice ? "low" : " 1 ");
    REQUIRE(set_value(parameters, field, typed).has_value());
    CHECK(value_text(parameters, field) ==
          std::string(field.kind == ValueKind::Flag ? "true"
                                                    : (field.kind == ValueKind::Choice ? "low" : "1")));
  }
  CHECK_FALSE(set_value(parameters, *field_named("seed"), "x").has_value());
  CHECK(parameters.chat.seed == 1);
  for (const Field& field : fields()) REQUIRE(set_value(parameters, field, " ").has_value());
  CHECK(write_parameters(parameters).empty());
  CHECK(field_named("nothing") == nullptr);
}

TEST_CASE("a form knows which parameters the model takes") {
  CHECK(taken_by(provider::route_to("openai/gpt-4o").model, *field_named("temperature")));
  CHECK_FALSE(taken_by(provider::route_to("openai/gpt-4o").model, *field_named("top_k")));
  CHECK(taken_by(provider::route_to("gemini/gemini-2.5-flash").model, *field_named("effort")));
}
