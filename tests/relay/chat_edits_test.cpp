#include "relay/forward/chat_edits.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace vignette::relay;

namespace {

Plan plan_of(const char* name) {
  Plan plan;
  plan.route = vignette::provider::Catalogue::built_in().find(name);
  return plan;
}

/// The request as it would arrive, taken in pieces of that size.
std::string edited(const Plan& plan, std::string json, std::size_t piece) {
  Skimmer all;
  all.feed(json);
  REQUIRE(all.finish());
  ChatFacts facts;
  REQUIRE_FALSE(read_chat_facts(all, facts));
  std::string out =
      "{" + own_members(plan, facts, facts.max_tokens.value_or(99)) + (needs_comma(plan, all) ? "," : "");
  const std::size_t ours = out.size();
  Skimmer skim;
  std::string behind;
  for (std::size_t at = 0; at < json.size(); at += piece) {
    std::string part = behind + json.substr(at, piece);
    const std::uint64_t offset = skim.position() - behind.size();
    skim.feed(json.substr(at, piece));
    blank_members(plan, skim, offset, part);
    const auto ready = static_cast<std::size_t>(skim.settled() > offset ? skim.settled() - offset : 0);
    out += part.substr(0, ready);
    behind = part.substr(ready);
  }
  out += behind;
  return out.erase(ours, 1);  // the brace of the original: ours stands for it
}

}  // namespace

TEST_CASE("what a model does not take is gone, whatever the order and however it is cut") {
  const Plan plan = plan_of("openai/gpt-6-luna");  // forbids sampling, has a name of its own for the limit
  for (
      const char* json :
      {R"({"model":"openai/gpt-6-luna","max_tokens":5,"messages":[{"role":"user","content":"a"}],"temperature":1,"user":"u"})",
       R"({"messages":[{"role":"user","content":"a"}],"user":"u","model":"x","max_tokens":5,"stop":["a"]})",
       R"({"user":{"a":[1,2]},"temperature":1 , "messages" : [ ] ,"model":"x"})",
       R"({"stream":true,"model":"x"})"}) {
    for (std::size_t piece = 1; piece < 40; ++piece) {
      CAPTURE(piece);
      const auto before = nlohmann::json::parse(json);
      const std::string text = edited(plan, json, piece);
      CAPTURE(text);
      REQUIRE(nlohmann::json::accept(text));
      const auto after = nlohmann::json::parse(text);
      CHECK(after["model"] == "gpt-6-luna");
      CHECK(after["max_completion_tokens"] == before.value("max_tokens", 99));
      CHECK_FALSE(after.contains("temperature"));
      CHECK_FALSE(after.contains("user"));
      CHECK_FALSE(after.contains("max_tokens"));
      CHECK(after.value("messages", nlohmann::json()) == before.value("messages", nlohmann::json()));
      CHECK(after.contains("stop") == before.contains("stop"));
      CHECK(after.contains("stream_options") == before.contains("stream"));
    }
  }
}

TEST_CASE("wrong types and caps are named") {
  const auto problem = [](const char* json) {
    Skimmer skim;
    skim.feed(json);
    skim.finish();
    ChatFacts facts;
    const auto found = read_chat_facts(skim, facts);
    return found ? found->message : "";
  };
  CHECK(problem(R"({"model":5})").find("model") != std::string::npos);
  CHECK(problem(R"({"model":"a","max_tokens":-1})").find("max_tokens") != std::string::npos);
  CHECK(problem(R"({"model":"a","max_tokens":1e9})").find("max_tokens") != std::string::npos);
  CHECK(problem(R"({"model":"a","n":3})").find("n") != std::string::npos);
  CHECK(problem(R"({"model":"a","stream":"yes"})").find("stream") != std::string::npos);
  CHECK(problem(R"({"model":"a","max_tokens":null,"n":1})") == "");
  Terms terms;
  terms.max_tokens = 100;
  CHECK(check_caps(terms, {.model = "a", .max_tokens = 101}, 1));
  CHECK_FALSE(check_caps(terms, {.model = "a", .max_tokens = 100}, 1));
}
