#include "relay/routes/site_path.hpp"

#include <doctest/doctest.h>

using namespace vignette;
using relay::site_path;

namespace {

std::string path_of(std::string_view request_path) {
  const auto path = site_path(request_path);
  return path ? *path : std::string("error: ") + name_of(path.error().code);
}

}  // namespace

TEST_CASE("a request's path becomes a path below the site, decoded once") {
  CHECK(path_of("/") == "");
  CHECK(path_of("/index.html") == "index.html");
  CHECK(path_of("/fonts/") == "fonts/");
  CHECK(path_of("/fonts/a%20b.woff2") == "fonts/a b.woff2");
  CHECK(path_of("/caf%C3%A9.png") == "caf\xC3\xA9.png");
  CHECK(path_of("/a..b") == "a..b");
  CHECK(path_of("/100%25.png") == "100%.png");
  CHECK(path_of("/%2525") == "%25");  // once: what comes out is a name, not another escape
}

TEST_CASE("a path that climbs out of the site or names a hidden file is not found") {
  const char* path = nullptr;
  for (const char* p : {"/..", "/../etc/passwd", "/a/../b", "/a/..", "/%2e%2e/etc/passwd", "/%2E./x", "/.",
                        "/./a", "/.git/config", "/a/.env", "/%2eenv", "//etc/passwd", "/a//b", "/..%20"}) {
    path = p;
    CAPTURE(path);
    CHECK(path_of(path) == "error: not_found");
  }
}

TEST_CASE("a path with bytes no file of ours has is malformed") {
  const char* path = nullptr;
  for (const char* p :
       {"", "index.html", "/%", "/%2", "/%zz", "/a%00.html", "/a%2fb", "/a%2Fb", "/a\\b", "/a%5cb",
        "/..%5c..%5cwin.ini", "/a%0d%0ab", "/%7f", "/%c0%ae%c0%ae/x", "/%ff", "/..%2f..%2fetc"}) {
    path = p;
    CAPTURE(path);
    CHECK(path_of(path) == "error: invalid_input");
  }
}
