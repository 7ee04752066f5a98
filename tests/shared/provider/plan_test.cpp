#include "shared/provider/plan.hpp"

#include <doctest/doctest.h>

#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

namespace {

ChatRequest everything_set() {
  ChatRequest request = describe(tiny_jpeg());
  request.params = {.temperature = 0.2,
                    .top_p = 0.9,
                    .top_k = 40,
                    .max_tokens = 100,
                    .seed = 7,
                    .presence_penalty = 0.1,
                    .frequency_penalty = 0.1,
                    .stop = {"\n"}};
  return request;
}

bool sends(const char* model, const char* field, Effort effort = Effort::ByModel) {
  ChatRequest request = everything_set();
  request.params.effort = effort;
  const std::string body = body_of(chat_call(route_to(model), request));
  return body.find(std::string("\"") + field + "\":") != std::string::npos;
}

}  // namespace

TEST_CASE("a parameter is sent only where the model takes it") {
  CHECK_FALSE(sends("openai/gpt-6-luna", "temperature"));
  CHECK_FALSE(sends("openai/gpt-6-luna", "temperature", Effort::Off));
  CHECK(sends("openai/gpt-6-luna", "max_completion_tokens"));
  CHECK_FALSE(sends("openai/gpt-6-luna", "max_tokens"));
  CHECK_FALSE(sends("openai/gpt-5.6-luna", "temperature"));
  CHECK(sends("openai/gpt-5.6-luna", "temperature", Effort::Off));  // legal only while it does not think
  CHECK(sends("openai/gpt-4o", "temperature"));
  CHECK_FALSE(sends("openai/gpt-4o", "top_k"));
  CHECK(sends("together/any/model", "top_k"));
  CHECK(sends("together/any/model", "seed"));
  CHECK_FALSE(sends("mistral/any-model", "seed"));
  CHECK_FALSE(sends("anthropic/claude-haiku-5-5", "temperature"));
  CHECK(sends("anthropic/claude-haiku-4-5", "temperature"));
  CHECK_FALSE(sends("anthropic/claude-haiku-4-5", "seed"));
  CHECK(sends("nvidia/nvidia/nemotron-nano-12b-v2-vl", "max_tokens"));
  CHECK_FALSE(sends("gemini/gemini-2.5-flash", "presencePenalty"));
  CHECK(sends("gemini/gemini-2.5-flash", "topK"));
}

TEST_CASE("nothing is spelled out that nobody set") {
  for (const char* model :
       {"openai/gpt-4o", "groq/qwen/qwen3.6-27b", "gemini/gemini-3.5-flash-lite", "vllm/x"}) {
    const std::string body = body_of(chat_call(route_to(model), describe(tiny_jpeg())));
    for (const char* field : {"temperature", "top_p", "topP", "max_tokens", "seed", "generationConfig",
                              "reasoning_effort", "detail", "stream"}) {
      CAPTURE(model);
      CAPTURE(field);
      CHECK(body.find(field) == std::string::npos);
    }
  }
}

TEST_CASE("thinking is switched off in each model's own way") {
  const auto off = [](const char* model) {
    ChatRequest request = describe(tiny_jpeg());
    request.params.effort = Effort::Off;
    return body_of(chat_call(route_to(model), request));
  };
  const auto has = [](const std::string& body, const char* text) {
    return body.find(text) != std::string::npos;
  };
  CHECK(has(off("gemini/gemini-2.5-flash"), R"("thinkingConfig":{"thinkingBudget":0})"));
  CHECK(has(off("gemini/gemini-3.5-flash-lite"), R"("thinkingConfig":{"thinkingLevel":"MINIMAL"})"));
  CHECK(has(off("gemini/gemini-3.8-flash"), R"("thinkingConfig":{"thinkingLevel":"LOW"})"));
  CHECK(has(off("groq/qwen/qwen3.6-27b"), R"("reasoning_effort":"none")"));
  CHECK(has(off("anthropic/claude-haiku-5-5"), R"("thinking":{"type":"disabled"})"));
  CHECK_FALSE(has(off("anthropic/claude-sonnet-5-5"), "thinking"));  // it refuses to be told
  CHECK(has(off("vllm/x"), R"("chat_template_kwargs":{"enable_thinking":false})"));
  CHECK(has(off("ollama/gemma3:4b"), R"("think":false)"));
  CHECK(has(off("nvidia/nvidia/nemotron-nano-12b-v2-vl"), R"({"role":"system","content":"/no_think"})"));
  CHECK_FALSE(has(off("openai/gpt-4o"), "reasoning"));
}

TEST_CASE("a limit too small for a model that thinks is raised, and only then") {
  ChatParams params;
  params.max_tokens = 100;
  const Model qwen = route_to("groq/qwen/qwen3.6-27b").model;
  CHECK(effective_max_tokens(qwen, params) == 1024);
  params.effort = Effort::Off;
  CHECK(effective_max_tokens(qwen, params) == 100);
  CHECK(effective_max_tokens(route_to("openai/gpt-4o").model, params) == 100);
  CHECK_FALSE(effective_max_tokens(qwen, {}).has_value());
}

TEST_CASE("a model without a system role reads it at the head of the user's text") {
  ChatRequest request;
  request.messages = {{Role::System, {text_part("You write captions.")}},
                      {Role::User, {text_part("Describe.")}}};
  const std::string body = body_of(chat_call(route_to("gemini/gemma-4-31b-it"), request));
  CHECK(
      body ==
      R"({"contents":[{"role":"user","parts":[{"text":"You write captions.\n\n"},{"text":"Describe."}]}]})");
}

TEST_CASE("a request past a model's limits is refused before anything is sent") {
  const auto refused = [](const char* model, const ChatRequest& request) {
    const Result<HttpCall> call = chat_call(route_to(model), request);
    return call ? "sent" : std::string(name_of(call.error().code));
  };
  CHECK(refused("nvidia/nvidia/nemotron-nano-12b-v2-vl", describe(raw_media("image/jpeg", Bytes(140'000)))) ==
        "too_large");
  CHECK(refused("nvidia/nvidia/nemotron-nano-12b-v2-vl", describe(raw_media("image/jpeg", Bytes(130'000)))) ==
        "sent");
  CHECK(refused("groq/qwen/qwen3.6-27b", describe(raw_media("image/jpeg", Bytes(3'100'000)))) == "too_large");
  CHECK(refused("llamacpp/x", describe(raw_media("image/webp", Bytes(10)))) == "unsupported");
  CHECK(refused("openai/text-embedding-3-small", describe(tiny_jpeg())) == "unsupported");
  ChatRequest two = describe(tiny_jpeg());
  two.messages[0].parts.push_back(image_part(tiny_jpeg()));
  CHECK(refused("nvidia/nvidia/vila", two) == "too_large");
  CHECK(refused("openai/gpt-6-luna", ChatRequest{}) == "invalid_input");
}

TEST_CASE("a model's name can't lead a path elsewhere") {
  for (const char* id : {"../secret", "a/../b", "a//b", "/a", "a/", "a?b", "a#b", "a b", "", "a%2e", "a\nb"})
    CHECK_FALSE(path_id(id).has_value());
  CHECK(path_id("ostris/flux-dev:v1.0_x@y").has_value());
  CHECK_FALSE(chat_call(route_to("gemini/../../x"), describe(tiny_jpeg())).has_value());
}
