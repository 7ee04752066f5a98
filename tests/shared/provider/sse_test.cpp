#include "shared/provider/sse.hpp"

#include <doctest/doctest.h>

using namespace vignette::provider;

namespace {
std::vector<std::string> data_of(std::string_view bytes, std::size_t step) {
  SseReader reader;
  std::vector<std::string> out;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    for (const SseEvent& event : reader.feed(bytes.substr(at, step))) out.push_back(event.data);
  }
  for (const SseEvent& event : reader.finish()) out.push_back(event.data);
  return out;
}
}  // namespace

TEST_CASE("events survive any line ends, comments and cuts") {
  const std::string bytes = ": x\r\n\r\ndata: {\"a\":1}\r\n\r\ndata: one\ndata: two\n\ndata: [DONE]\n\n";
  const std::vector<std::string> expected = {"{\"a\":1}", "one\ntwo", "[DONE]"};
  for (std::size_t step = 1; step <= bytes.size(); ++step) CHECK(data_of(bytes, step) == expected);
  for (const std::size_t step : {1, 5, 100}) {
    CHECK(data_of("data: one\r\ndata: two\r\n\r\n", step) == std::vector<std::string>{"one\ntwo"});
  }
  CHECK(data_of("data: a\r\rdata:b\r\r", 1) == std::vector<std::string>{"a", "b"});
  CHECK(data_of("data:  two spaces\n\n", 3) == std::vector<std::string>{" two spaces"});
  CHECK(data_of("data\n\n", 1) == std::vector<std::string>{""});
  CHECK(data_of("event: x\nid: 1\n\n", 1).empty());
  CHECK(data_of("data: no empty line", 4) == std::vector<std::string>{"no empty line"});
}

TEST_CASE("a character cut in two arrives whole") {
  CHECK(data_of("data: é€\n\n", 1) == std::vector<std::string>{"é€"});
}

TEST_CASE("lines of JSON arrive whole, the last one without its line end") {
  LineReader reader;
  std::vector<std::string> out;
  for (const char c : std::string("{\"a\":1}\r\n\n{\"b\":2}")) {
    for (std::string& line : reader.feed({&c, 1})) out.push_back(std::move(line));
  }
  for (std::string& line : reader.finish()) out.push_back(std::move(line));
  CHECK(out == std::vector<std::string>{"{\"a\":1}", "{\"b\":2}"});
}
