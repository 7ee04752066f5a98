// The server as an independent client (cpp-httplib) sees it.
#include <doctest/doctest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/relay/live_server.hpp"
#include "tests/relay/raw_client.hpp"

using namespace vignette::relay;

TEST_CASE("a client gets the page, and asks again for free") {
  const LiveServer server;
  httplib::Client client("127.0.0.1", server.port());
  client.set_keep_alive(true);
  const auto page = client.Get("/");
  REQUIRE(page);
  CHECK(page->status == 200);
  CHECK(page->body == "<p>home");
  CHECK(page->get_header_value("X-Content-Type-Options") == "nosniff");
  CHECK(page->get_header_value("Referrer-Policy") == "no-referrer");
  CHECK(page->get_header_value("X-Request-Id").size() == 16);
  CHECK(page->has_header("Date"));

  // By hand: this version of cpp-httplib waits for a body that a 304 never has.
  RawClient raw(server.port());
  raw.send("GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + page->get_header_value("ETag") +
           "\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string again = raw.receive_until("ok\n");
  CHECK(again.starts_with("HTTP/1.1 304 Not Modified\r\n"));
  CHECK(again.find("\r\n\r\nHTTP/1.1 200 OK\r\n") != std::string::npos);  // no body, and still in step
}

TEST_CASE("a file of several megabytes arrives whole, in parts too") {
  const LiveServer server;
  std::string content(5'000'003, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>((i * 2654435761u) >> 13);
  server.folder().write("big.bin", content);
  server.folder().write("empty.txt", "");
  httplib::Client client("127.0.0.1", server.port());
  client.set_keep_alive(true);

  const auto whole = client.Get("/big.bin");
  REQUIRE(whole);
  CHECK((whole->body == content));
  const auto part = client.Get("/big.bin", {{"Range", "bytes=65530-4000000"}});
  REQUIRE(part);
  CHECK(part->status == 206);
  CHECK((part->body == content.substr(65530, 4000000 - 65530 + 1)));
  const auto nothing = client.Get("/empty.txt");
  REQUIRE(nothing);
  CHECK(nothing->status == 200);
  CHECK(nothing->body.empty());
}

TEST_CASE("HEAD says what GET would, without the body") {
  LiveServer server;
  httplib::Client client("127.0.0.1", server.port());
  client.set_keep_alive(true);
  const auto head = client.Head("/");
  REQUIRE(head);
  CHECK(head->status == 200);
  CHECK(head->get_header_value("Content-Length") == "7");
  CHECK(head->body.empty());
  CHECK(client.Get("/healthz")->body == "ok\n");
  CHECK(server.exchanges().front().bytes == 0);
}

TEST_CASE("an error carries the id that the log has") {
  LiveServer server;
  httplib::Client client("127.0.0.1", server.port());
  const auto missing = client.Get("/missing?code=SECRET");
  REQUIRE(missing);
  CHECK(missing->status == 404);
  const auto error = nlohmann::json::parse(missing->body)["error"];
  CHECK(error["request_id"] == missing->get_header_value("X-Request-Id"));
  server.drain();
  server.join();
  const auto logged = server.exchanges();
  REQUIRE(logged.size() == 1);
  CHECK(logged[0].id == missing->get_header_value("X-Request-Id"));
  CHECK(logged[0].path == "/missing");  // and not what stood behind it
  CHECK(logged[0].status == 404);
  CHECK(logged[0].bytes == missing->body.size());
  CHECK(logged[0].complete);
}

TEST_CASE("a request with a body we do not read is answered, then the connection ends") {
  const LiveServer server;
  httplib::Client client("127.0.0.1", server.port());
  client.set_keep_alive(true);
  const auto posted = client.Post("/v1/chat/completions", std::string(200'000, 'x'), "application/json");
  REQUIRE(posted);
  CHECK(posted->status == 405);
  CHECK(posted->get_header_value("Allow") == "GET, HEAD");
  CHECK(posted->get_header_value("Connection") == "close");
}

TEST_CASE("a route that throws costs one request, not the server") {
  const LiveServer server({}, [](const Request& request) -> Response {
    if (request.path() == "/throw") throw std::runtime_error("secret detail");
    Response response;
    response.body = "fine";
    return response;
  });
  httplib::Client client("127.0.0.1", server.port());
  const auto failed = client.Get("/throw");
  REQUIRE(failed);
  CHECK(failed->status == 500);
  CHECK(failed->body.find("secret") == std::string::npos);
  CHECK(client.Get("/")->body == "fine");
}

TEST_CASE("an exception that leaves a connection is reported, and the next one is served") {
  std::vector<std::string> events;
  int answers = 0;
  Loop loop;
  Server server(loop, {},
                {[](const Request&) { return Response{}; },
                 [&answers](const Exchange&) {
                   if (++answers == 1) throw std::runtime_error("a bug");
                 },
                 [&events](const std::string& event) { events.push_back(event); }});
  const auto address = server.listen("127.0.0.1", 0);
  REQUIRE(address);
  std::thread thread([&server] { server.run(); });
  httplib::Client client(*address);
  client.Get("/");
  const auto second = client.Get("/");
  server.drain();
  thread.join();
  REQUIRE(second);
  CHECK(second->status == 200);
  CHECK(events == std::vector<std::string>{"exception escaped", "draining"});
}

TEST_CASE("one connection too many is told when to come back") {
  Limits limits;
  limits.connections = 2;
  const LiveServer server(limits);
  const auto keep = [&] {
    auto client = std::make_unique<httplib::Client>("127.0.0.1", server.port());
    client->set_keep_alive(true);
    REQUIRE(client->Get("/healthz"));
    return client;
  };
  const auto first = keep();
  const auto second = keep();
  httplib::Client third("127.0.0.1", server.port());
  const auto refused = third.Get("/healthz");
  REQUIRE(refused);
  CHECK(refused->status == 503);
  CHECK(refused->get_header_value("Retry-After") == "2");
  CHECK(first->Get("/healthz")->status == 200);  // those who are in stay in
}

TEST_CASE("one address has only so many connections, and gets them back") {
  LiveServer server(Limits{.connections_per_address = 2, .counts_loopback = true});
  const std::string request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  std::optional<RawClient> first(std::in_place, server.port());
  RawClient second(server.port());
  for (RawClient* one : {&*first, &second}) {
    REQUIRE(one->send(request));
    CHECK(one->receive_until("<p>home").starts_with("HTTP/1.1 200"));
  }
  RawClient third(server.port());
  const std::string refused = third.receive_until("Your network has as many connections here as it may");
  CHECK(refused.starts_with("HTTP/1.1 503"));
  CHECK(refused.find("Retry-After: 2") != std::string::npos);
  first.reset();
  std::string answer;
  for (int i = 0; i < 200 && !answer.starts_with("HTTP/1.1 200"); ++i) {  // the close has to arrive first
    RawClient again(server.port());
    again.send(request);
    answer = again.receive_until("\r\n\r\n");
  }
  CHECK(answer.starts_with("HTTP/1.1 200"));
}

TEST_CASE("connections of this machine itself, where a proxy may stand, are not counted") {
  LiveServer server(Limits{.connections_per_address = 1});
  RawClient first(server.port());
  RawClient second(server.port());
  for (RawClient* one : {&first, &second}) {
    REQUIRE(one->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK(one->receive_until("<p>home").starts_with("HTTP/1.1 200"));
  }
}

TEST_CASE("a file that shrinks while it is sent ends the connection rather than the bytes") {
  const SiteFolder folder;
  folder.write("a.bin", "0123456789");
  LiveServer server({}, [&folder](const Request&) {
    auto file = folder.open().find("a.bin");
    Response response;
    response.body = FileSlice{.file = std::move(*file), .offset = 0, .bytes = 1000};  // more than it has
    return response;
  });
  httplib::Client client("127.0.0.1", server.port());
  CHECK_FALSE(client.Get("/"));
  server.drain();
  server.join();
  REQUIRE(server.exchanges().size() == 1);
  CHECK_FALSE(server.exchanges()[0].complete);
}
