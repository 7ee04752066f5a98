#include "relay/forward/skim.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace vignette::relay;

namespace {

bool takes(std::string_view json) {
  Skimmer skim;
  return skim.feed(json) && skim.finish();
}

}  // namespace

TEST_CASE("the members of the outermost object are found, however the bytes are cut") {
  const std::string json =
      R"({ "model" : "a/b", "max_tokens":12 ,"stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"h\u00e9 \"x\""},)"
      R"({"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}],"n":-1.5e3})";
  for (std::size_t cut = 1; cut < json.size(); ++cut) {
    Skimmer skim;
    REQUIRE(skim.feed(std::string_view(json).substr(0, cut)));
    REQUIRE(skim.feed(std::string_view(json).substr(cut)));
    REQUIRE(skim.finish());
    REQUIRE(skim.members().size() == 5);
    CHECK(skim.member("model")->plain() == "a/b");
    CHECK(skim.member("max_tokens")->integer() == 12);
    CHECK(skim.member("stream")->text == "true");
    CHECK(skim.member("n")->text == "-1.5e3");
    const Member& messages = *skim.member("messages");
    CHECK(json[messages.value_begin] == '[');
    CHECK(json[messages.value_end - 1] == ']');
    CHECK(messages.text == json.substr(messages.value_begin, messages.value_end - messages.value_begin));
    CHECK(skim.images() == 1);
    CHECK(skim.longest_image() == 26);
    CHECK(skim.image_types() == std::vector<std::string>{"image/png"});
    CHECK_FALSE(skim.has_remote_image());
  }
}

TEST_CASE("what is no JSON object is refused, as nlohmann refuses it") {
  for (const char* json : {"",
                           "[]",
                           "1",
                           "{",
                           "{}x",
                           "{,}",
                           "{\"a\":1,}",
                           "{\"a\":01}",
                           "{\"a\":1.}",
                           "{\"a\":.5}",
                           "{\"a\":-}",
                           "{\"a\":1e}",
                           "{\"a\":tru}",
                           "{\"a\":\"\x01\"}",
                           "{\"a\":\"\\x\"}",
                           "{\"a\":\"\\ud800\"}",
                           "{\"a\":\"\\udc00\"}",
                           "{\"a\":\"\xff\"}",
                           "{\"a\":\"\xc0\x80\"}",
                           "{\"a\":\"\xed\xa0\x80\"}",
                           "{\"a\":[1}",
                           "{\"a\" 1}",
                           "{a:1}",
                           "{\"a\":\"b}"}) {
    CAPTURE(json);
    CHECK_FALSE(takes(json));
    CHECK_FALSE((nlohmann::json::accept(json) && nlohmann::json::parse(json).is_object()));
  }
  for (const char* json : {"{}", " {\"a\":0}\n", "{\"a\":-0.5E+10}",
                           "{\"a\":[[],{},null,true,\"\\u00e9\\ud83d\\ude00\xc3\xa9\"]}"}) {
    CAPTURE(json);
    CHECK(takes(json));
    CHECK(nlohmann::json::accept(json));
  }
}

TEST_CASE("what could be read in two ways is refused") {
  CHECK_FALSE(takes(R"({"model":"cheap","model":"dear"})"));
  CHECK_FALSE(takes(R"({"mod\u0065l":"dear"})"));
  CHECK_FALSE(takes("{\"mod\xc3\xa9l\":1}"));
  CHECK(takes(R"({"a":{"x":1,"x":2}})"));  // within a message it is the provider's business
}

TEST_CASE("depth, members and white space have limits") {
  CHECK(takes("{\"a\":" + std::string(31, '[') + std::string(31, ']') + "}"));
  CHECK_FALSE(takes("{\"a\":" + std::string(32, '[') + std::string(32, ']') + "}"));
  std::string many = "{";
  for (int i = 0; i < 65; ++i) many += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":0";
  CHECK_FALSE(takes(many + "}"));
  CHECK_FALSE(takes("{" + std::string(5000, ' ') + "}"));
  CHECK_FALSE(takes("{\"" + std::string(100, 'k') + "\":1}"));
}

TEST_CASE("an address where a picture should be is noticed, also behind escapes") {
  const auto remote = [](const std::string& part) {
    Skimmer skim;
    skim.feed(R"({"messages":[{"content":[{"image_url":)" + part + "}]}]}");
    return skim.finish() && skim.has_remote_image();
  };
  CHECK(remote(R"({"url":"http://10.0.0.1/"})"));
  CHECK(remote(R"({"u\u0072l":"http://10.0.0.1/"})"));
  CHECK(remote(R"("http://10.0.0.1/")"));
  CHECK_FALSE(remote(R"({"url":"data:image/png;base64,AA"})"));
}

TEST_CASE("a picture where no picture belongs is paid for as text") {
  Skimmer skim;
  skim.feed(R"({"messages":[{"content":"data:image/png;base64,)" + std::string(1000, 'A') + "\"}]}");
  REQUIRE(skim.finish());
  CHECK(skim.text_bytes() > 1000);
}

TEST_CASE("until the name of the next member is known, its comma is not settled") {
  Skimmer skim;
  const std::string json = R"({"messages":[1,2] , "us)";
  skim.feed(json);
  CHECK(skim.settled() == json.find(']') + 1);
  skim.feed("er\":\"x");
  CHECK(skim.settled() == skim.position());
}
