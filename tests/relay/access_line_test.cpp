#include "relay/log/access_line.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace vignette::relay;

namespace {

Exchange some_exchange() {
  Exchange exchange;
  exchange.id = "00ff00ff00ff00ff";
  exchange.method = "GET";
  exchange.path = "/index.html";
  exchange.status = 200;
  exchange.bytes = 812;
  exchange.ms = 0.41234;
  return exchange;
}

}  // namespace

TEST_CASE("a request is one line of JSON") {
  CHECK(
      access_line(some_exchange(), 0) ==
      R"({"time":"1970-01-01T00:00:00Z","method":"GET","path":"/index.html","status":200,"bytes":812,"ms":0.412,)"
      R"("id":"00ff00ff00ff00ff"})");
}

TEST_CASE("an answer the client did not take is marked") {
  Exchange exchange = some_exchange();
  exchange.complete = false;
  CHECK(nlohmann::json::parse(access_line(exchange, 0))["cut_off"] == true);
}

TEST_CASE("what a client sends can neither begin a line nor drive a terminal") {
  Exchange exchange = some_exchange();
  exchange.path = "/\x1b[2J\r\n{\"status\":200}\xff\xe2\x80\xae";
  exchange.method = std::string(5000, 'A');
  const std::string line = access_line(exchange, 0);
  for (const char c : line) CHECK((c >= 0x20 && c < 0x7F));
  CHECK(line.size() < 500);
  CHECK(nlohmann::json::parse(line)["status"] == 200);
}
