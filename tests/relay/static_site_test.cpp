#include "relay/routes/static_site.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "tests/relay/requests.hpp"
#include "tests/relay/site_folder.hpp"

using namespace vignette::relay;
namespace fs = std::filesystem;

TEST_CASE("a file is sent with its type, its tag and how long it may be kept") {
  const SiteFolder folder;
  folder.write("index.html", "<p>home");
  folder.write("app-0a1b2c3d.js", "run()");
  const Site site = folder.open();

  const Response page = static_site(get("/?room=2"), site);
  CHECK(page.status == 200);
  CHECK(text_of(page) == "<p>home");
  CHECK(header(page, "Content-Type") == "text/html; charset=utf-8");
  CHECK(header(page, "Cache-Control") == "no-cache");
  CHECK(header(page, "ETag").size() > 4);
  CHECK(header(page, "Last-Modified").ends_with(" GMT"));
  CHECK(header(page, "Accept-Ranges") == "bytes");
  CHECK(page.field("Vary") == nullptr);

  const Response script = static_site(get("/app-0a1b2c3d.js"), site);
  CHECK(header(script, "Content-Type") == "text/javascript; charset=utf-8");
  CHECK(header(script, "Cache-Control") == "public, max-age=31536000, immutable");
}

TEST_CASE("every file carries the page's protection, 304 included") {
  const SiteFolder folder;
  folder.write("index.html", "<p>home");
  const Site site = folder.open();
  const Response first = static_site(get("/"), site);
  const Response again = static_site(get("/", {{"If-None-Match", header(first, "ETag")}}), site);
  CHECK(again.status == 304);
  CHECK(text_of(again).empty());
  CHECK(again.field("Content-Type") == nullptr);
  for (const Response* response : {&first, &again}) {
    const std::string policy = header(*response, "Content-Security-Policy");
    for (const char* part : {"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'",
                             "frame-ancestors 'none'", "base-uri 'none'", "worker-src 'self' blob:",
                             "connect-src 'self' https: http://127.0.0.1:* http://localhost:*;"}) {
      CAPTURE(std::string(part));
      CHECK(policy.find(part) != std::string::npos);
    }
    CHECK(policy.find("'unsafe-eval'") == std::string::npos);
    CHECK(policy.find("'unsafe-inline'") == std::string::npos);
    CHECK(header(*response, "Permissions-Policy").starts_with("microphone=(self)"));
    CHECK(header(*response, "X-Frame-Options") == "DENY");
    CHECK(header(*response, "ETag") == header(first, "ETag"));
  }
}

TEST_CASE("a precompressed sibling is sent to those who take it, with the plain file's type") {
  const SiteFolder folder;
  folder.write("core.wasm", "plain");
  folder.write("core.wasm.br", "b");
  folder.write("core.wasm.gz", "gz");
  const Site site = folder.open();
  const auto asked = [&](const char* accept) {
    return static_site(get("/core.wasm", {{"Accept-Encoding", accept}}), site);
  };

  const Response brotli = asked("gzip, deflate, br");
  CHECK(text_of(brotli) == "b");
  CHECK(header(brotli, "Content-Encoding") == "br");
  CHECK(header(brotli, "Content-Type") == "application/wasm");
  CHECK(header(brotli, "Vary") == "Accept-Encoding");

  const Response gzip = asked("br;q=0.1, gzip");
  CHECK(text_of(gzip) == "gz");
  CHECK(header(gzip, "Content-Encoding") == "gzip");

  const Response plain = static_site(get("/core.wasm"), site);
  CHECK(text_of(plain) == "plain");
  CHECK(plain.field("Content-Encoding") == nullptr);
  CHECK(header(plain, "Vary") == "Accept-Encoding");  // or a cache would give this one to everybody

  CHECK(header(brotli, "ETag") != header(gzip, "ETag"));
  CHECK(header(brotli, "ETag") != header(plain, "ETag"));
  CHECK(asked("identity;q=0, zstd").status == 406);
}

TEST_CASE("a range is cut from the representation that is sent") {
  const SiteFolder folder;
  folder.write("a.txt", "0123456789");
  folder.write("a.txt.br", "abcdef");
  const Site site = folder.open();

  const Response part = static_site(get("/a.txt", {{"Range", "bytes=2-4"}}), site);
  CHECK(part.status == 206);
  CHECK(text_of(part) == "234");
  CHECK(header(part, "Content-Range") == "bytes 2-4/10");

  const Response coded = static_site(get("/a.txt", {{"Range", "bytes=-2"}, {"Accept-Encoding", "br"}}), site);
  CHECK(text_of(coded) == "ef");
  CHECK(header(coded, "Content-Range") == "bytes 4-5/6");

  const Response outside = static_site(get("/a.txt", {{"Range", "bytes=10-"}}), site);
  CHECK(outside.status == 416);
  CHECK(header(outside, "Content-Range") == "bytes */10");
  CHECK(nlohmann::json::parse(text_of(outside))["error"]["code"] == "range_not_satisfiable");

  Request head = get("/a.txt", {{"Range", "bytes=2-4"}});
  head.method = "HEAD";
  CHECK(static_site(head, site).status == 200);  // ranges are defined for GET alone
}

TEST_CASE("a range of a file that changed meanwhile is answered with the whole new file") {
  const SiteFolder folder;
  folder.write("a.txt", "0123456789");
  const Site site = folder.open();
  const std::string etag = header(static_site(get("/a.txt"), site), "ETag");
  CHECK(static_site(get("/a.txt", {{"Range", "bytes=5-"}, {"If-Range", etag}}), site).status == 206);
  folder.write("a.txt", "abcdefghij");
  // Time stamps have the resolution of the kernel's tick; a file rewritten within one looks unchanged.
  fs::last_write_time(folder.root() / "a.txt",
                      fs::last_write_time(folder.root() / "a.txt") + std::chrono::seconds(1));
  const Response fresh = static_site(get("/a.txt", {{"Range", "bytes=5-"}, {"If-Range", etag}}), site);
  CHECK(fresh.status == 200);
  CHECK(text_of(fresh) == "abcdefghij");
}

TEST_CASE("a replaced file gets another tag, even with the same size and date") {
  const SiteFolder folder;
  folder.write("a.txt", "one");
  const auto date = fs::last_write_time(folder.root() / "a.txt");
  const Site site = folder.open();
  const std::string before = header(static_site(get("/a.txt"), site), "ETag");
  folder.write("b.txt", "two");
  fs::last_write_time(folder.root() / "b.txt", date);
  fs::rename(folder.root() / "b.txt", folder.root() / "a.txt");
  const Response after = static_site(get("/a.txt", {{"If-None-Match", before}}), site);
  CHECK(after.status == 200);
  CHECK(text_of(after) == "two");
}

TEST_CASE("a folder is its index.html, reached by its slash") {
  const SiteFolder folder;
  folder.write("docs/index.html", "docs");
  folder.write("empty/a.txt", "a");
  folder.write("a:b/index.html", "colon");
  const Site site = folder.open();
  CHECK(text_of(static_site(get("/docs/"), site)) == "docs");
  CHECK(static_site(get("/empty/"), site).status == 404);
  CHECK(static_site(get("/docs/index.html/"), site).status == 404);

  const Response redirect = static_site(get("/docs?x=1"), site);
  CHECK(redirect.status == 308);
  CHECK(header(redirect, "Location") == "./docs/?x=1");  // relative: right under any sub-path of a proxy
  CHECK(header(static_site(get("/a:b"), site), "Location") == "./a:b/");
}

TEST_CASE("nothing outside the site, hidden or special is served") {
  const SiteFolder folder;
  folder.write("index.html", "home");
  folder.write(".env", "KEY=1");
  fs::create_directories(folder.root() / ".git");
  folder.write(".git/config", "url");
  fs::copy_file(folder.root() / ".env", folder.outside() / "secret.txt");
  const Site site = folder.open();
  for (const char* path :
       {"/../outside/secret.txt", "/%2e%2e/outside/secret.txt", "/.env", "/.git/config", "/nothing"}) {
    CAPTURE(std::string(path));
    CHECK(static_site(get(path), site).status == 404);
  }
  for (const char* path : {"/..%2foutside%2fsecret.txt", "/a%00", "/a\\b", "/%"}) {
    CAPTURE(std::string(path));
    CHECK(static_site(get(path), site).status == 400);
  }
}

TEST_CASE("a symbolic link is followed inside the site and nowhere else") {
  const SiteFolder folder;
  folder.write("real/a.txt", "inside");
  fs::create_directories(folder.outside());
  const auto secret = folder.outside() / "secret.txt";
  fs::copy_file(folder.root() / "real/a.txt", secret);
  fs::create_symlink("real/a.txt", folder.root() / "relative.txt");
  fs::create_symlink(folder.root() / "real/a.txt", folder.root() / "absolute.txt");
  fs::create_symlink(secret, folder.root() / "escape.txt");
  fs::create_symlink("../outside/secret.txt", folder.root() / "climb.txt");
  fs::create_directory_symlink(folder.outside(), folder.root() / "door");
  fs::create_symlink("loop", folder.root() / "loop");
  fs::create_symlink(secret, folder.root() / "real/a.txt.br");
  const Site site = folder.open();
  CHECK(text_of(static_site(get("/relative.txt"), site)) == "inside");
  CHECK(text_of(static_site(get("/absolute.txt"), site)) == "inside");
  for (const char* path : {"/escape.txt", "/climb.txt", "/door/secret.txt", "/door/", "/door", "/loop"}) {
    CAPTURE(std::string(path));
    CHECK(static_site(get(path), site).status == 404);
  }
  // A sibling that leads outside does not count either.
  CHECK(static_site(get("/real/a.txt", {{"Accept-Encoding", "br"}}), site).field("Content-Encoding") ==
        nullptr);
}

TEST_CASE("a folder whose name begins like the site's is outside") {
  const SiteFolder folder;
  const fs::path neighbour = folder.root().string() + "-old";
  fs::create_directories(neighbour);
  folder.write("a.txt", "a");
  fs::copy_file(folder.root() / "a.txt", neighbour / "a.txt");
  fs::create_directory_symlink(neighbour, folder.root() / "old");
  CHECK(static_site(get("/old/a.txt"), folder.open()).status == 404);
}

TEST_CASE("a named pipe in the site neither answers nor blocks") {
  const SiteFolder folder;
  REQUIRE(::mkfifo((folder.root() / "pipe").c_str(), 0600) == 0);
  CHECK(static_site(get("/pipe"), folder.open()).status == 404);
}

TEST_CASE("a site that is no folder is refused with what to do") {
  const SiteFolder folder;
  folder.write("file", "x");
  for (const auto& path : {folder.root() / "file", folder.root() / "missing"}) {
    const auto site = Site::open(path.string());
    REQUIRE_FALSE(site);
    CHECK(site.error().message.find(path.string()) != std::string::npos);
    CHECK_FALSE(site.error().hint.empty());
  }
}
