#include "relay/routes/caching.hpp"

#include <doctest/doctest.h>
#include <string>

#include "relay/routes/content_type.hpp"

using namespace vignette::relay;

TEST_CASE("names with a content hash may be kept for ever") {
  for (const char* name :
       {"app-0a1b2c3d.js", "app.0a1b2c3d.wasm", "app.0a1b2c3d.js.map", "noto-sans-cjk-deadbeef.woff2",
        "a-12345678.css", "core.0123456789abcdef0123456789abcdef.wasm", "x-99999999.js"}) {
    CAPTURE(std::string(name));
    CHECK(has_content_hash(name));
    CHECK(cache_control(name) == "public, max-age=31536000, immutable");
  }
}

TEST_CASE("every other name is asked about each time") {
  for (const char* name : {"index.html", "sw.js", "app.js", "app-0a1b2c3.js", "app-0A1B2C3D.js",
                           "app_0a1b2c3d.js", "0a1b2c3d.js", "0a1b2c3d", "app-0a1b2c3d", "app.0a1b2c3d.",
                           "-0a1b2c3d.js", "notes-20261121.txt", "app-0a1b2c3g.js", ""}) {
    CAPTURE(std::string(name));
    CHECK_FALSE(has_content_hash(name));
    CHECK(cache_control(name) == "no-cache");
  }
}

TEST_CASE("the extension decides the type") {
  CHECK(content_type("index.html") == "text/html; charset=utf-8");
  CHECK(content_type("app-0a1b2c3d.wasm") == "application/wasm");
  CHECK(content_type("boot.mjs") == "text/javascript; charset=utf-8");
  CHECK(content_type("PHOTO.JPG") == "image/jpeg");
  CHECK(content_type("manifest.webmanifest") == "application/manifest+json");
  CHECK(content_type("model.onnx") == "application/octet-stream");
  CHECK(content_type("LICENSE") == "application/octet-stream");
  CHECK(content_type("html") == "application/octet-stream");
}
