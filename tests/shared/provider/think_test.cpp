#include "shared/provider/think.hpp"

#include <doctest/doctest.h>

#include "shared/provider/openai_chat.hpp"

using namespace vignette::provider;

TEST_CASE("thoughts are taken out of an answer, opened or not") {
  CHECK(without_thinking("<think>a</think>\n\nA cat.").text == "A cat.");
  CHECK(without_thinking("<think>a</think>\n\nA cat.").thinking == "a");
  CHECK(without_thinking("a</think>A cat.").text == "A cat.");
  CHECK(without_thinking("a</think>b</think>A cat.").text == "A cat.");
  CHECK(without_thinking("A cat.").text == "A cat.");
  CHECK(without_thinking("A cat with a <think> sign.").text == "A cat with a <think> sign.");
  const Spoken cut = without_thinking("<think>never closed");
  CHECK(cut.text.empty());
  CHECK(cut.cut);
}

TEST_CASE("an answer that is only an unfinished thought ran out of room") {
  Answer answer;
  answer.finish = Finish::Stop;
  settle_text(answer, "<think>never closed");
  CHECK(answer.text.empty());
  CHECK(answer.finish == Finish::Length);
}

TEST_CASE("the filter says the same as the whole, at every cut") {
  for (const std::string answer : {"<think>a</think>\n\nA cat.", " <think>a < b </thin</think>A", "<thin ice",
                                   "A cat.", "<", "", "<think>no end"}) {
    for (std::size_t cut = 0; cut <= answer.size(); ++cut) {
      ThinkFilter filter;
      std::string heard = filter.feed(answer.substr(0, cut));
      heard += filter.feed(answer.substr(cut));
      heard += filter.finish();
      CHECK(heard == without_thinking(answer).text);
    }
  }
  ThinkFilter silent(true);
  CHECK(silent.feed("hm, a cat</thi").empty());
  CHECK(silent.feed("nk> A cat.") == "A cat.");
}
