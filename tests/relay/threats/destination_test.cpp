// T3: which addresses a provider may have. T4: which routes there are without a guard. T2: the key in what
// passes.
#include "relay/upstream/destination.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "relay/forward/forwarder.hpp"
#include "relay/forward/key_guard.hpp"
#include "relay/upstream/names.hpp"

using namespace vignette;
using namespace vignette::relay;
namespace net = boost::asio;

TEST_CASE("T3 addresses inside are inside in every form") {
  for (const std::string_view inside : {"0.0.0.0",
                                        "0.1.2.3",
                                        "10.0.0.1",
                                        "10.255.255.255",
                                        "100.64.0.1",
                                        "100.127.255.255",
                                        "127.0.0.1",
                                        "127.1.2.3",
                                        "169.254.169.254",
                                        "172.16.0.1",
                                        "172.31.255.255",
                                        "192.0.0.1",
                                        "192.168.1.1",
                                        "198.18.0.1",
                                        "198.19.255.255",
                                        "224.0.0.1",
                                        "239.255.255.255",
                                        "240.0.0.1",
                                        "255.255.255.255",
                                        "::",
                                        "::1",
                                        "::127.0.0.1",
                                        "::ffff:127.0.0.1",
                                        "::ffff:10.0.0.1",
                                        "::ffff:169.254.169.254",
                                        "::ffff:0:0",
                                        "64:ff9b::7f00:1",
                                        "64:ff9b::a9fe:a9fe",
                                        "2002:7f00:1::",
                                        "2002:a00:1::",
                                        "2002:c0a8:101::1",
                                        "fc00::1",
                                        "fd12:3456::1",
                                        "fe80::1",
                                        "febf::1",
                                        "fec0::1",
                                        "ff02::1",
                                        "ff05::2",
                                        "::ffff:100.64.0.1"}) {
    CAPTURE(inside);
    CHECK(is_internal(net::ip::make_address(std::string(inside))));
  }
  for (const std::string_view outside :
       {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "169.253.0.1",
        "193.0.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
        "64:ff9b::808:808", "2002:808:808::1"}) {
    CAPTURE(outside);
    CHECK_FALSE(is_internal(net::ip::make_address(std::string(outside))));
  }
}

TEST_CASE("T3 an address is read in one way, or refused") {
  for (const std::string_view url : {"",
                                     "api.example.org",
                                     "//api.example.org",
                                     "ftp://api.example.org",
                                     "HTTPS://api.example.org",
                                     "https:/api.example.org",
                                     "https:api.example.org",
                                     "https://",
                                     "https:///v1",
                                     "https://user@api.example.org",
                                     "https://user:pass@api.example.org",
                                     "https://api.example.org@evil.example",
                                     "https://api.example.org#@evil.example",
                                     "https://api.example.org\\@evil.example",
                                     "https://api.example.org evil.example",
                                     "https://api.example.org\r\nX: y",
                                     "https://api.example.org\t",
                                     "https://api.exämple.org",
                                     "https://api.example.org:0",
                                     "https://api.example.org:65536",
                                     "https://api.example.org:8x",
                                     "https://api.example.org:-1",
                                     "https://api.example.org:+443",
                                     "https://[::1",
                                     "https://api%2eexample.org",
                                     "https://api.example.org\"",
                                     "https://a*b.example",
                                     "http://api.example.org",
                                     "http://10.0.0.1",
                                     "http://169.254.169.254",
                                     "http://0.0.0.0",
                                     "http://127.0.0.1.evil.example",
                                     "http://localhost.evil.example",
                                     "http://2130706433",
                                     "http://0x7f.1",
                                     "http://127.1",
                                     "http://[::ffff:10.0.0.1]",
                                     "http://[fd00::1]",
                                     "https://[::1]x",
                                     "https://[::1]x:80",
                                     "https://a,b",
                                     "https://a;b",
                                     "https://a$b",
                                     "https://a|b",
                                     "https://<a>",
                                     "https://{a}"}) {
    CAPTURE(url);
    CHECK_FALSE(read_address(url));
  }
  for (const auto& [url, authority, path] : std::vector<std::tuple<const char*, const char*, const char*>>{
           {"https://api.example.org/v1", "api.example.org", "/v1"},
           {"https://API.example.org/v1/", "api.example.org", "/v1"},
           {"https://api.example.org:8443", "api.example.org:8443", ""},
           {"http://127.0.0.1:11434", "127.0.0.1:11434", ""},
           {"http://localhost/v1", "localhost", "/v1"},
           {"http://[::1]:8080/v1", "[::1]:8080", "/v1"}}) {
    CAPTURE(url);
    const auto read = read_address(url);
    REQUIRE(read);
    CHECK(read->where.authority() == authority);
    CHECK(read->path == path);
  }
  CHECK_FALSE(read_address("https://api.example.org")->where.own_network);
  CHECK_FALSE(
      read_address("https://10.0.0.1")->where.own_network);  // then its address is refused when it connects
  CHECK(read_address("https://localhost:8443")->where.own_network);
}

TEST_CASE("T27 what is said of a wrong address holds no password") {
  const auto read = read_address("https://user:hunter2@api.example.org/v1");
  REQUIRE_FALSE(read);
  CHECK(read.error().message.find("hunter2") == std::string::npos);
  CHECK(read.error().message.find("api.example.org") != std::string::npos);
}

TEST_CASE("T3 a name that several ask for at once is found for each of them") {
  net::io_context io;
  Names names(io);
  int found = 0;
  for (int i = 0; i < 5; ++i) {
    net::co_spawn(
        io, [&]() -> net::awaitable<void> { found += (co_await names.find("localhost")).empty() ? 0 : 1; },
        [](const std::exception_ptr& escaped) { CHECK_FALSE(escaped); });
  }
  io.run_for(std::chrono::seconds(10));
  CHECK(found == 5);
}

TEST_CASE("T4 every route but the one that opens a session is guarded") {
  int open = 0;
  const auto routes = Forwarder::routes();
  CHECK(routes.size() >= 7);
  for (const Forwarder::Route& route : routes) {
    CAPTURE(route.path);
    CHECK(route.path.starts_with("/v1/"));
    if (!route.guarded) {
      CHECK(route.path == "/v1/session");
      ++open;
    }
  }
  CHECK(open == 1);
}

TEST_CASE("T2 a key is found wherever it is cut, and everything else passes as it is") {
  const std::string key = "sk-sk-sk-CANARY-0123456789-sk-";
  const std::string innocent =
      "data: sk-sk-sk-CANARY-01234 sk-sk-sk-sk-CANARY-0123456789-sk and sk- at the end sk-sk-";
  const auto through = [&](const std::string& text, std::size_t part) -> std::optional<std::string> {
    KeyGuard guard(key);
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += part) {
      const auto passed = guard.pass(std::string_view(text).substr(at, part), at + part >= text.size());
      if (!passed) return std::nullopt;
      out += *passed;
      CHECK(out.find(key) == std::string::npos);
    }
    return out;
  };
  for (std::size_t part = 1; part < 120; ++part) {
    CAPTURE(part);
    CHECK(through(innocent, part) == innocent);
    CHECK(through("x" + key, part) == std::nullopt);
    CHECK(through("sk-sk-" + key + " and more", part) == std::nullopt);
    CHECK(through(key, part) == std::nullopt);
  }
  KeyGuard none("");
  CHECK(none.pass("anything", false) == "anything");
}
