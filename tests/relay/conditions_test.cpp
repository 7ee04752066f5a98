#include "relay/routes/conditions.hpp"

#include <doctest/doctest.h>

#include "relay/http/http_date.hpp"
#include "tests/relay/requests.hpp"

using namespace vignette::relay;

namespace {

const Validators now = {.etag = "\"a,b\"", .modified_s = 1'700'000'000};
const std::string same_time = format_http_date(now.modified_s);
const std::string earlier = format_http_date(now.modified_s - 1);

Verdict judged(std::vector<Field> fields) { return judge_conditions(get("/", std::move(fields)), now); }

}  // namespace

TEST_CASE("a copy with the same tag is still good") {
  CHECK(judged({{"If-None-Match", "\"a,b\""}}) == Verdict::NotModified);
  CHECK(judged({{"If-None-Match", "W/\"a,b\""}}) ==
        Verdict::NotModified);  // a proxy that compresses weakens tags
  CHECK(judged({{"If-None-Match", "\"x\", \"a,b\""}}) == Verdict::NotModified);
  CHECK(judged({{"If-None-Match", "\"x\""}, {"if-none-match", "\"a,b\""}}) == Verdict::NotModified);
  CHECK(judged({{"If-None-Match", "*"}}) == Verdict::NotModified);
}

TEST_CASE("a copy with another tag is not, whatever its date") {
  CHECK(judged({{"If-None-Match", "\"x\""}, {"If-Modified-Since", same_time}}) == Verdict::Send);
  CHECK(judged({{"If-None-Match", "a,b"}}) == Verdict::Send);
  CHECK(judged({{"If-None-Match", "\"a"}}) == Verdict::Send);
}

TEST_CASE("without a tag the date decides") {
  CHECK(judged({}) == Verdict::Send);
  CHECK(judged({{"If-Modified-Since", same_time}}) == Verdict::NotModified);
  CHECK(judged({{"If-Modified-Since", earlier}}) == Verdict::Send);
  CHECK(judged({{"If-Modified-Since", "yesterday"}}) == Verdict::Send);
}

TEST_CASE("a client that wants only what it knows is told when that is gone") {
  CHECK(judged({{"If-Match", "\"a,b\""}}) == Verdict::Send);
  CHECK(judged({{"If-Match", "W/\"a,b\""}}) == Verdict::PreconditionFailed);
  CHECK(judged({{"If-Match", "\"x\""}}) == Verdict::PreconditionFailed);
  CHECK(judged({{"If-Unmodified-Since", same_time}}) == Verdict::Send);
  CHECK(judged({{"If-Unmodified-Since", earlier}}) == Verdict::PreconditionFailed);
}

TEST_CASE("a range is cut only from the representation the client has begun") {
  const auto applies = [](const std::string& value) {
    return range_applies(get("/", {{"If-Range", value}}), now);
  };
  CHECK(range_applies(get("/"), now));
  CHECK(applies("\"a,b\""));
  CHECK(applies(same_time));
  CHECK_FALSE(applies("W/\"a,b\""));
  CHECK_FALSE(applies("\"x\""));
  CHECK_FALSE(applies(earlier));
}
