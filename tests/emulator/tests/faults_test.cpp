#include <chrono>
#include <doctest/doctest.h>
#include <thread>

#include "tests/emulator/tests/client.hpp"

using namespace vignette;
using namespace vignette::emulator;

namespace {

const std::string chat_path = "/openai/v1/chat/completions";

void fault(const Running& at, const Json& rule) { REQUIRE(post(at, "/control/faults", rule).status == 201); }
Got ask(const Running& at, bool stream = false) {
  Json body = chat_body("gpt-6-luna", "Describe.", red_uri());
  if (stream) body["stream"] = true;
  return post(at, chat_path, body);
}
Json last_request(const Running& at) { return get(at, "/control/requests?last=1").json()["requests"][0]; }

}  // namespace

TEST_CASE("a storm of 429 ends after its number, with the wait as seconds or as a date") {
  const Running at;
  fault(at, {{"provider", "openai"}, {"status", 429}, {"times", 2}, {"retry_after", 3}});
  fault(at, {{"provider", "openai"}, {"status", 429}, {"times", 1}, {"retry_after_date", 3}});
  CHECK(ask(at).json()["error"]["code"] == "rate_limit_exceeded");
  CHECK(ask(at).header("Retry-After") == "3");
  CHECK(ask(at).header("Retry-After").find("GMT") != std::string::npos);
  CHECK(ask(at).status == 200);
}

TEST_CASE("each provider writes a scripted error in its own shape") {
  const Running at;
  fault(at, {{"status", 429}, {"retry_after", 46}});
  const Json gemini =
      post(at, "/gemini/v1beta/models/gemini-3.5-flash:generateContent", Json::object()).json();
  CHECK(gemini["error"]["details"][1]["retryDelay"] == "46s");
  CHECK(post(at, "/anthropic/v1/messages", Json::object()).json()["error"]["type"] == "rate_limit_error");
  CHECK(post(at, "/nvidia/v1/chat/completions", Json::object()).body.empty());
  CHECK(post(at, "/replicate/v1/predictions", Json::object()).json()["detail"] ==
        "Request was throttled. Your rate limit resets in ~46s.");
  CHECK(post(at, "/ollama/api/chat", Json::object()).json()["error"].is_string());
}

TEST_CASE("a fault with a probability is the same sequence every time") {
  const Running at;
  const auto sequence = [&] {
    fault(at, {{"provider", "openai"}, {"status", 500}, {"probability", 0.5}, {"seed", 7}});
    std::string out;
    for (int i = 0; i < 12; ++i) out += get(at, "/openai/v1/models").status == 500 ? 'x' : '.';
    got(at.client().Delete("/control/faults"));
    return out;
  };
  const std::string first = sequence();
  CHECK(first.find('x') != std::string::npos);
  CHECK(first.find('.') != std::string::npos);
  CHECK(sequence() == first);
}

TEST_CASE("a misspelt rule is refused instead of never happening") {
  const Running at;
  CHECK(post(at, "/control/faults", {{"provder", "openai"}}).status == 400);
  CHECK(post(at, "/control/faults", {{"drop", "somewhere"}}).status == 400);
}

TEST_CASE("connections drop before the headers, after them, and in the middle") {
  const Running at;
  for (const char* where : {"before_body", "before_headers", "after_headers", "middle"}) {
    CAPTURE(where);
    fault(at, {{"provider", "openai"}, {"drop", where}, {"times", 1}});
    CHECK(ask(at).status == 0);
  }
  fault(
      at,
      {{"provider", "openai"}, {"drop", "middle"}, {"drop_after_events", 3}, {"reset", true}, {"times", 1}});
  CHECK(ask(at, true).status == 0);
  CHECK(last_request(at)["sent_events"] == 3);
}

TEST_CASE(
    "answers are cut, malformed, unterminated, of the wrong type, giant or elsewhere when a rule says so") {
  const Running at;
  fault(at, {{"provider", "openai"}, {"truncate", 20}, {"times", 1}});
  const Got cut = ask(at);
  CHECK(cut.body.size() == 20);
  CHECK(cut.json().is_discarded());
  fault(at, {{"provider", "openai"}, {"malformed_chunk", true}, {"times", 1}});
  CHECK(ask(at, true).status == 0);
  fault(at, {{"provider", "openai"}, {"no_terminator", true}, {"times", 1}});
  CHECK(ask(at, true).body.find("[DONE]") == std::string::npos);
  fault(at, {{"provider", "openai"},
             {"content_type", "text/html"},
             {"body", "<html>502 Bad Gateway</html>"},
             {"status", 502},
             {"times", 1}});
  const Got html = ask(at);
  CHECK(html.status == 502);
  CHECK(html.header("Content-Type") == "text/html");
  fault(at, {{"provider", "openai"}, {"giant_bytes", 3'000'000}, {"times", 1}});
  CHECK(ask(at).body.size() > 3'000'000);
  fault(at, {{"provider", "openai"}, {"redirect", "http://other.example/"}, {"times", 1}});
  CHECK(ask(at).header("Location") == "http://other.example/");
  fault(at, {{"provider", "openai"}, {"error_after_events", 2}, {"times", 1}});
  const Got late = ask(at, true);
  CHECK(late.body.find("{\"error\":") != std::string::npos);
  CHECK(late.body.find("[DONE]") == std::string::npos);
}

TEST_CASE("an answer that drips a few bytes at a time is still whole") {
  const Running at;
  fault(at, {{"provider", "openai"}, {"drip_bytes", 64}, {"drip_ms", 1}, {"times", 1}});
  CHECK(ask(at).json()["choices"].size() == 1);
}

TEST_CASE("an early answer does not wait for the body") {
  const Running at;
  fault(at, {{"provider", "openai"}, {"early", true}, {"status", 413}, {"times", 1}});
  CHECK(ask(at).status == 413);
  CHECK(last_request(at)["body_complete"] == false);
}

TEST_CASE("a request waits at its gate, counts as in flight, and goes on when the gate opens") {
  const Running at;
  fault(at, {{"provider", "openai"}, {"hold", "door"}});
  Got first, second;
  std::thread a([&] { first = ask(at); }), b([&] { second = ask(at); });
  const Got both = get(at, "/control/wait?in_flight=2&complete=2");
  CHECK(both.json()["reached"] == true);
  CHECK(both.json()["max_in_flight"] == 2);
  post(at, "/control/gates", {{"open", "door"}});
  a.join();
  b.join();
  CHECK(first.status == 200);
  CHECK(second.status == 200);
}

TEST_CASE("a client that hangs up is noticed at once, while it waits and while it receives") {
  const Running at;
  fault(at, {{"provider", "openai"}, {"hold", "door"}, {"hold_after_events", 2}, {"times", 1}});
  Json body = chat_body("gpt-6-luna", "Describe.", red_uri());
  body["stream"] = true;
  httplib::Client client = at.client();
  httplib::Request request;
  request.method = "POST";
  request.path = chat_path;
  request.headers = bearer();
  request.set_header("Content-Type", "application/json");
  request.body = dump(body);
  request.content_receiver = [](const char*, size_t, std::uint64_t, std::uint64_t) { return false; };
  client.send(request);
  client.stop();
  CHECK(get(at, "/control/wait?left=1&idle=1&timeout_ms=5000").json()["reached"] == true);
  CHECK(last_request(at)["left_while"] == "receiving");

  fault(at, {{"provider", "openai"}, {"delay_ms", 60'000}, {"times", 1}});
  httplib::Client hasty = at.client();
  hasty.set_read_timeout(0, 200'000);
  CHECK(!hasty.Get("/openai/v1/models", bearer()));
  CHECK(get(at, "/control/wait?left=2&idle=1&timeout_ms=5000").json()["reached"] == true);
  CHECK(last_request(at)["left_while"] == "waiting");
}

TEST_CASE("the journal shows the picture and the parameters, and the key only as a hash") {
  const Running at;
  ask(at);
  const Json entry = last_request(at);
  CHECK(entry["pictures"][0]["width"] == 640);
  CHECK(entry["pictures"][0]["has_exif"] == false);
  CHECK(entry["pictures"][0]["first_pixels"][0] == "dc141eff");
  CHECK(entry["body"]["model"] == "gpt-6-luna");
  CHECK(entry["status"] == 200);
  CHECK(dump(entry).find("test-key") == std::string::npos);
  CHECK(text_in(entry["headers"], "Authorization").rfind("sha256:", 0) == 0);
}

TEST_CASE("keys can be revoked, limited and used up") {
  const Running at;
  const auto status = [&](const char* key) {
    return get(at, "/openai/v1/models", {{"Authorization", std::string("Bearer ") + key}});
  };
  post(at, "/control/keys",
       {{"revoke", {"test-a"}},
        {"accept", {"sk-mine"}},
        {"quota", {{"test-b", 1}}},
        {"per_minute", {{"test-c", 1}}}});
  CHECK(status("test-a").status == 401);
  CHECK(status("sk-mine").status == 200);
  CHECK(status("test-b").status == 200);
  CHECK(status("test-b").json()["error"]["code"] == "insufficient_quota");
  CHECK(status("test-c").status == 200);
  CHECK(status("test-c").json()["error"]["code"] == "rate_limit_exceeded");
  post(at, "/control/reset", Json());
  CHECK(status("test-a").status == 200);
}

TEST_CASE("two hundred keep-alive connections are served side by side") {
  const Running at;
  fault(at, {{"provider", "openai"}, {"hold", "door"}});
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 200; ++i)
    threads.emplace_back([&] { good += get(at, "/openai/v1/models").status == 200 ? 1 : 0; });
  CHECK(get(at, "/control/wait?in_flight=200&timeout_ms=20000").json()["reached"] == true);
  post(at, "/control/gates", {{"open", "door"}});
  for (std::thread& thread : threads) thread.join();
  CHECK(good == 200);
}

TEST_CASE("browsers may call the providers that allow it, and only those") {
  const Running at;
  const auto preflight = [&](const char* path) {
    return got(at.client().Options(path, {{"Origin", "https://app.example"},
                                          {"Access-Control-Request-Method", "POST"},
                                          {"Access-Control-Request-Headers", "authorization"}}));
  };
  CHECK(preflight("/openai/v1/chat/completions").header("Access-Control-Allow-Origin") == "*");
  CHECK(preflight("/replicate/v1/predictions").header("Access-Control-Allow-Origin").empty());
  CHECK(preflight("/ollama/api/chat").status == 403);
}
