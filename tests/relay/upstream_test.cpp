// What can be known of a provider's bytes and addresses without a socket.
#include <doctest/doctest.h>
#include <string>

#include "relay/forward/keys.hpp"
#include "relay/forward/usage.hpp"
#include "relay/upstream/chunks.hpp"
#include "relay/upstream/destination.hpp"
#include "relay/upstream/reply.hpp"

using namespace vignette::relay;
using namespace std::chrono_literals;

TEST_CASE("chunks are taken off wherever they are cut") {
  const std::string wire = "5\r\nhello\r\n1;name=\"v\"\r\n,\r\nA\r\n0123456789\r\n0\r\nX-Trailer: y\r\n\r\n";
  for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
    ChunkReader reader;
    std::string out;
    for (std::string part : {wire.substr(0, cut), wire.substr(cut)}) {
      const auto step = reader.feed(part);
      CHECK(step.consumed == part.size());
      out += part.substr(0, step.content);
    }
    CHECK(out == "hello,0123456789");
    CHECK(reader.done());
  }
}

TEST_CASE("odd chunks are an end, and bytes behind the last are left") {
  for (std::string wire : {"\r\n", "x\r\n", "5\nhello", "5\r\nhelloX", "-1\r\n", "0x5\r\n",
                           "10000000000000000\r\n", "0\r\nA: b\n\r\n"}) {
    ChunkReader reader;
    reader.feed(wire);
    CAPTURE(wire);
    CHECK(reader.broken());
  }
  ChunkReader reader;
  std::string wire = "0\r\n\r\nHTTP/1.1 200";
  CHECK(reader.feed(wire).consumed == 5);
}

TEST_CASE("a head that leaves the length of its body in doubt is none") {
  CHECK(parse_reply_head("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")->length == 5);
  CHECK(parse_reply_head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")->chunked);
  CHECK_FALSE(parse_reply_head("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"));
  CHECK_FALSE(parse_reply_head("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"));
  CHECK_FALSE(parse_reply_head("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"));
  CHECK_FALSE(parse_reply_head("200 OK\r\n\r\n"));
}

TEST_CASE("addresses inside are refused in all their forms") {
  for (const char* inside :
       {"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fc00::1", "fe80::1", "ff02::1", "::ffff:10.0.0.1",
        "::10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"}) {
    CAPTURE(inside);
    CHECK(is_internal(boost::asio::ip::make_address(inside)));
  }
  for (const char* outside : {"1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1"}) {
    CAPTURE(outside);
    CHECK_FALSE(is_internal(boost::asio::ip::make_address(outside)));
  }
}

TEST_CASE("a provider's address is https, or loopback") {
  CHECK(read_address("https://API.example.com/v1/")->where.host == "api.example.com");
  CHECK(read_address("https://api.example.com/v1/")->path == "/v1");
  CHECK(read_address("http://127.0.0.1:9000/openai/v1")->where.port == 9000);
  CHECK(read_address("http://[::1]:9/")->where.own_network);
  for (const char* bad :
       {"http://example.com/", "ftp://a/", "https://", "https://a b/", "https://u@h/", "https://h#f",
        "https://h:99999/", "https://h:x/", "http://127.0.0.1.example.com/"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_address(bad));
  }
}

TEST_CASE("usage is believed only where it makes sense") {
  CHECK(usage_from_text(
            R"({"prompt_tokens": 12,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":4}})")
            ->cached == 4);
  for (const char* bad :
       {"{}", R"({"prompt_tokens":-1,"completion_tokens":3})",
        R"({"prompt_tokens":1,"completion_tokens":1e308})", R"({"prompt_tokens":"5","completion_tokens":1})",
        R"({"prompt_tokens":1.5,"completion_tokens":1})",
        R"({"prompt_tokens":9223372036854775808,"completion_tokens":1})"}) {
    CAPTURE(bad);
    CHECK_FALSE(usage_from_text(bad));
  }
}

TEST_CASE("a stream that passes by tells its usage and its end, wherever it is cut") {
  const std::string stream =
      "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}],\"usage\":null}\n\n"
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\r\n\r\ndata: "
      "[DONE]\n\n";
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    AnswerWatch watch(true);
    watch.feed(std::string_view(stream).substr(0, cut));
    watch.feed(std::string_view(stream).substr(cut));
    watch.finish();
    REQUIRE(watch.usage());
    CHECK(watch.usage()->input == 7);
    CHECK(watch.ended());
  }
  AnswerWatch cut(true);
  cut.feed("data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n");
  cut.finish();
  CHECK_FALSE(cut.ended());
}

TEST_CASE("keys rest, die and take turns") {
  const auto secret = [](const char* text) { return std::make_shared<const Secret>(text); };
  KeyRing ring("p", {secret("a"), secret("b")});
  const Clock::time_point now{1h};
  Key* first = ring.pick(now);
  ++first->at_work;
  Key* second = ring.pick(now);
  CHECK(first != second);
  --first->at_work;
  KeyRing::limited(*first, now, 2000);
  CHECK(ring.pick(now) == second);
  KeyRing::refused(*second);
  CHECK(ring.pick(now) == nullptr);
  CHECK(ring.rest_left(now) == 2000ms);
  CHECK(ring.pick(now + 2s) == first);
  for (int i = 0; i < 5; ++i) KeyRing::failed(*first, now + 2s);
  CHECK(ring.pick(now + 2s) == nullptr);
  CHECK(ring.pick(now + 8s) == first);
  ++first->at_work;
  CHECK(ring.pick(now + 8s) == nullptr);  // one at a time until it is well
}
