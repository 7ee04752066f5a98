#include "relay/routes/router.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/relay/requests.hpp"
#include "tests/relay/site_folder.hpp"

using namespace vignette::relay;

TEST_CASE("healthz says ok, with or without a site") {
  const Response response = answer(get("/healthz?probe=1"), Routes{});
  CHECK(response.status == 200);
  CHECK(text_of(response) == "ok\n");
  CHECK(header(response, "Cache-Control") == "no-store");
}

TEST_CASE("a file named like a route does not hide it") {
  const SiteFolder folder;
  folder.write("healthz", "not me");
  Routes routes;
  routes.site.emplace(folder.open());
  CHECK(text_of(answer(get("/healthz"), routes)) == "ok\n");
}

TEST_CASE("without a site everything else is no route") {
  const Response response = answer(get("/"), Routes{});
  CHECK(response.status == 404);
  CHECK(nlohmann::json::parse(text_of(response))["error"]["code"] == "no_route");
}

TEST_CASE("methods other than GET and HEAD are refused with the ones allowed") {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "BREW"}) {
    CAPTURE(std::string(method));
    Request request = get("/healthz");
    request.method = method;
    const Response response = answer(request, Routes{});
    CHECK(response.status == 405);
    CHECK(header(response, "Allow") == "GET, HEAD");
  }
}
