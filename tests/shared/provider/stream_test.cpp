#include <doctest/doctest.h>

#include "shared/provider/answer_stream.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

namespace {

struct Sample {
  const char* file;
  const char* route;
  const char* text;
  const char* thinking;
  Finish finish;
  std::int64_t input;  // -1: not said
  std::int64_t output;
};
const Sample kSamples[] = {
    {"openai_chat.sse", "openai/gpt-6-luna", "A cat.", "hm", Finish::Stop, 12, 3},
    {"gemini.sse", "gemini/gemini-3.5-flash-lite", "A cat.", "hm", Finish::Stop, 12, 4},
    {"gemini_interactions.sse", "gemini/gemini-3.5-flash-lite", "A cat.", "", Finish::Stop, 12, 3},
    {"anthropic.sse", "anthropic/claude-haiku-5-5", "A cat.", "", Finish::Stop, 12, 3},
    {"ollama.ndjson", "ollama/gemma3:4b", "A cat.", "", Finish::Stop, 12, 3},
    {"describe_anything.sse", "dam/describe_anything_model", "A cat.", "", Finish::Stop, -1, -1},
    {"transcription.sse", "openai/gpt-transcribe", "a red chair", "", Finish::Stop, 14, 4},
    {"replicate.sse", "replicate/salesforce/blip", "A cat.", "", Finish::Stop, -1, -1},
};

Route route_for(const std::string& name) {
  Route route = route_to(name);
  REQUIRE_FALSE(route.provider.id.empty());
  return route;
}

struct Heard {
  std::string text;
  std::string thinking;
  StreamEnd end;
};

/// Feeds `bytes` in pieces that end at each of `cuts`.
Heard hear(const Route& route, std::string_view bytes, const std::vector<std::size_t>& cuts) {
  Heard heard;
  AnswerStream stream(route);
  std::size_t from = 0;
  const auto feed = [&](std::size_t to) {
    const StreamPart part = stream.feed(bytes.substr(from, to - from));
    heard.text += part.text;
    heard.thinking += part.thinking;
    from = to;
  };
  for (const std::size_t cut : cuts) feed(cut);
  feed(bytes.size());
  heard.end = stream.finish();
  heard.text += heard.end.rest;
  return heard;
}

void check(const Sample& sample, const Heard& heard) {
  CHECK(heard.text == sample.text);
  CHECK(heard.end.answer.text == sample.text);
  CHECK(heard.end.answer.thinking == sample.thinking);
  CHECK(heard.end.answer.finish == sample.finish);
  CHECK(heard.end.answer.usage.input.value_or(-1) == sample.input);
  CHECK(heard.end.answer.usage.output.value_or(-1) == sample.output);
  CHECK(heard.end.complete);
  CHECK_FALSE(heard.end.error.has_value());
}

Route responses_route() {
  Route route = route_for("openai/gpt-6-luna");
  route.model.family = Family::Responses;
  return route;
}
const Sample kResponses = {"openai_responses.sse", "", "A cat.", "", Finish::Stop, 12, 3};

}  // namespace

TEST_CASE("every stream sample reads the same however its bytes are cut") {
  for (const Sample& sample : kSamples) {
    CAPTURE(sample.file);
    const std::string bytes = golden(sample.file);
    REQUIRE_FALSE(bytes.empty());
    const Route route = route_for(sample.route);
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) check(sample, hear(route, bytes, {cut}));
    std::vector<std::size_t> everywhere;
    for (std::size_t i = 1; i < bytes.size(); ++i) everywhere.push_back(i);
    check(sample, hear(route, bytes, everywhere));
  }
}

TEST_CASE("the Responses form streams, too") {
  const std::string bytes = golden("openai_responses.sse");
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut)
    check(kResponses, hear(responses_route(), bytes, {cut}));
}

TEST_CASE("an error in the stream keeps what came before it") {
  const std::string late = golden("openrouter_late_error.sse");
  const std::string at_once = golden("anthropic_error.sse");
  for (std::size_t cut = 0; cut <= late.size(); ++cut) {
    const Heard heard = hear(route_for("openrouter/some/model"), late, {cut});
    CHECK(heard.end.answer.text == "A");
    REQUIRE(heard.end.error.has_value());
    CHECK(heard.end.error->kind == ErrorClass::Overloaded);
    CHECK(heard.end.answer.finish == Finish::Error);
  }
  for (std::size_t cut = 0; cut <= at_once.size(); ++cut) {
    const Heard heard = hear(route_for("anthropic/claude-haiku-5-5"), at_once, {cut});
    REQUIRE(heard.end.error.has_value());
    CHECK(heard.end.error->kind == ErrorClass::Overloaded);
  }
}

TEST_CASE("a stream that stops early is incomplete, and says what it had") {
  const std::string whole = golden("openai_chat.sse");
  const Heard heard = hear(route_for("openai/gpt-6-luna"), whole.substr(0, whole.find("\"cat.\"")), {});
  CHECK(heard.end.answer.text == "A");
  CHECK_FALSE(heard.end.complete);
  const std::string gemini = golden("gemini.sse");
  CHECK_FALSE(hear(route_for("gemini/gemini-3.5-flash-lite"), gemini.substr(0, gemini.rfind("data:")), {})
                  .end.complete);
}

TEST_CASE("thoughts written into the answer are held back while it streams") {
  std::string bytes;
  for (const char* piece : {"<thi", "nk>let me", " see</th", "ink>\\n\\n", "A cat", "."}) {
    bytes += std::string("data: {\"choices\":[{\"delta\":{\"content\":\"") + piece + "\"}}]}\n\n";
  }
  bytes += "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const Heard heard = hear(route_for("groq/qwen/qwen3.6-27b"), bytes, {cut});
    CHECK(heard.text == "A cat.");
    CHECK(heard.end.answer.text == "A cat.");
    CHECK(heard.end.answer.thinking == "let me see");
  }
}

TEST_CASE("a last piece that only looked like a tag is not lost") {
  const std::string bytes = "data: {\"choices\":[{\"delta\":{\"content\":\"<\"}}]}\n\ndata: [DONE]\n\n";
  CHECK(hear(route_for("openai/gpt-6-luna"), bytes, {}).text == "<");
}

TEST_CASE("a provider that does not stream after all is read as a whole reply") {
  const std::string body = R"({"choices":[{"message":{"content":"A cat."},"finish_reason":"stop"}]})";
  const Heard heard = hear(route_for("openai/gpt-6-luna"), body, {7});
  CHECK(heard.end.answer.text == "A cat.");
  CHECK(heard.text == "A cat.");
  CHECK(heard.end.complete);
  const Heard refused = hear(route_for("gemini/gemini-3.5-flash-lite"),
                             R"([{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}])", {});
  REQUIRE(refused.end.error.has_value());
  CHECK(refused.end.error->kind == ErrorClass::RateLimit);
}

TEST_CASE("a filter in Gemini's stream is a filtered answer, not an error") {
  const Heard heard = hear(route_for("gemini/gemini-3.5-flash-lite"),
                           "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n", {});
  CHECK(heard.end.answer.finish == Finish::Filtered);
  CHECK(heard.end.answer.finish_detail == "SAFETY");
  CHECK(heard.end.complete);
}
