// A code is nowhere but in the hands it was given to, and looking for one takes as long as finding it.
#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sys/stat.h>

#include "relay/accounts/code_text.hpp"
#include "relay/accounts/door.hpp"
#include "relay/accounts/secrets.hpp"
#include "relay/accounts/wire.hpp"
#include "tests/relay/accounts/await.hpp"
#include "tests/relay/accounts/places.hpp"

using namespace vignette;
using namespace vignette::relay;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("no byte of a code, a given word or a token is in any file of the data folder") {
  Place place(false);
  const std::string word = "canary-word-7f3a91";
  const std::string code = place.add({.name = "class", .budget = 1'000});
  std::string token;
  const auto look = [&](const std::string& when) {
    std::set<std::string> names;
    bool found_name = false;
    for (const auto& entry : std::filesystem::directory_iterator(place.folder())) {
      const std::string bytes = bytes_of(entry.path());
      names.insert(entry.path().filename().string());
      found_name = found_name || bytes.find("\"class\"") != std::string::npos;
      INFO(when << ": " << entry.path().filename().string());
      for (const std::string& secret :
           {code, canonical_code(code), word, std::string("wrong-canary-word"), token, token.substr(40)})
        CHECK(bytes.find(secret) == std::string::npos);
    }
    CHECK(found_name);  // the search finds what is there
    return names;
  };
  {
    const auto accounts = place.open();
    REQUIRE(accounts->ensure_code(word, {.name = "given"}));
    token = std::get<OpenedSession>(await(accounts->open_session(code, "203.0.113.1"))).token;
    const Caller caller = std::get<Caller>(await(accounts->identify(token)));
    std::get<Reservation>(await(accounts->reserve(caller, "p/m", 10))).settle(3, {});
    (void)await(accounts->identify(word));
    (void)await(accounts->identify("wrong-canary-word"));
    CHECK(look("while it runs").contains("relay.sqlite-wal"));
  }
  look("after its end");
}

TEST_CASE("the secrets are a file of their own for the relay's user alone, and an open one is refused") {
  TemporaryFolder folder;
  const auto first = open_secrets_file(folder.path, 1'000);
  REQUIRE(first);
  const std::string path = folder.path + "/secrets";
  struct stat info{};
  REQUIRE(stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(open_secrets_file(folder.path, 2'000)->pepper == first->pepper);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
  REQUIRE(chmod(path.c_str(), 0644) == 0);
  const auto refused = open_secrets_file(folder.path, 3'000);
  REQUIRE(!refused);
  CHECK(refused.error().hint.find("chmod 600") != std::string::npos);
}

TEST_CASE("T5: an unknown code takes as long as a known one") {
  const Secrets secrets = make_secrets(0);
  const MacKey pepper(secrets.pepper);
  std::vector<CodeRecord> records;
  std::vector<std::string> known;
  std::vector<std::string> unknown;
  for (int i = 0; i < 1'000; ++i) {
    known.push_back(canonical_code(make_code()));
    unknown.push_back(canonical_code(make_code()));
    records.push_back(make_record(known.back(), {}, pepper, 0, false));
  }
  const CodeBook book(std::move(records));
  const auto median_ns = [](std::vector<std::int64_t>& times) {
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                     times.end());
    return times[times.size() / 2];
  };
  const auto time_of = [&](const std::string& code, bool is_there) {
    const auto start = std::chrono::steady_clock::now();
    const auto record = book.find(pepper.of(code));
    const auto end = std::chrono::steady_clock::now();
    REQUIRE((record != nullptr) == is_there);
    return std::chrono::duration_cast<std::chrono::nanoseconds>(end - start).count();
  };
  std::vector<std::int64_t> known_times;
  std::vector<std::int64_t> unknown_times;
  for (int i = 0; i < 100'000; ++i) {  // by turns, so that a busy machine slows both alike
    known_times.push_back(time_of(known[static_cast<std::size_t>(i % 1'000)], true));
    unknown_times.push_back(time_of(unknown[static_cast<std::size_t>(i % 1'000)], false));
  }
  const auto a = median_ns(known_times);
  const auto b = median_ns(unknown_times);
  MESSAGE("known " << a << " ns, unknown " << b << " ns");
  CHECK(std::abs(a - b) <= std::max<std::int64_t>(a / 5, 250));
}

TEST_CASE("what a session and its usage look like on the wire") {
  const auto terms = std::make_shared<const Terms>(
      Terms{.name = "a \"class\"", .models = {"p/*"}, .requests = 10, .budget = 100});
  CHECK(
      session_json({.token = "r1.x.y", .session_id = "00aa", .expires = 1'000, .terms = terms}) ==
      R"({"token":"r1.x.y","session_id":"00aa","expires_at":"1970-01-01T00:00:01Z","policy":{"name":"a \"class\"",)"
      R"("models":["p/*"],"requests":10,"budget_micro":100}})");
  const UsageView view{
      .terms = *terms, .requests = 4, .spent = 70, .reserved = 40, .at_work = 2, .consumed = {1, 2, 3}};
  CHECK(usage_json(view, 0) ==
        R"({"name":"a \"class\"","models":["p/*"],"server_time":"1970-01-01T00:00:00Z",)"
        R"("requests":{"used":4,"limit":10,"left":6},)"
        R"("budget":{"spent_micro":70,"reserved_micro":40,"limit_micro":100,"left_micro":0},)"
        R"("today":{"spent_micro":0,"reserved_micro":40},"session":{"spent_micro":0,"reserved_micro":0},)"
        R"("at_work":{"now":2},"rate":{},"consumed":{"input_tokens":1,"output_tokens":2,"images":3}})");
}
