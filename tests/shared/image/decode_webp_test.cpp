#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "shared/image/probe.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;
using pictures::at;
using pictures::near;

TEST_CASE("lossless WebP comes back exactly, with its transparency") {
  Pixels original = pictures::photo(61, 47);
  for (std::size_t i = 3; i < original.rgba.size(); i += 4)
    original.rgba[i] = static_cast<std::uint8_t>(128 + i % 100);
  const auto decoded = decode(pictures::webp(original, true));
  REQUIRE(decoded);
  CHECK(decoded->rgba == original.rgba);
}

TEST_CASE("lossy WebP comes back nearly") {
  const Pixels original = pictures::photo(160, 120);
  const auto decoded = decode(pictures::webp(original, false, 90));
  REQUIRE(decoded);
  CHECK(pictures::psnr(original, *decoded) > 30);
}

TEST_CASE("WebP shrinks while decoding, keeping its shape") {
  const auto decoded =
      decode(pictures::webp(pictures::quarters(400, 300), false), {.at_least_long_side = 100});
  REQUIRE(decoded);
  CHECK(decoded->width == 100);
  CHECK(decoded->height == 75);
  CHECK(near(at(*decoded, 20, 20), {255, 0, 0}, 10));
  CHECK(near(at(*decoded, 80, 60), {255, 255, 255}, 10));
}

TEST_CASE("of an animated WebP, the first frame is put in its place on a clear canvas") {
  const Bytes red = pictures::webp(pictures::plain(16, 16, {255, 0, 0}), true);
  const Bytes blue = pictures::webp(pictures::plain(32, 32, {0, 0, 255}), true);
  const Bytes file = pictures::animated_webp(32, 32, {{red, 8, 4, 16, 16}, {blue, 0, 0, 32, 32}});
  CHECK(probe(file)->animated);
  const auto decoded = decode(file);
  REQUIRE(decoded);
  REQUIRE(decoded->width == 32);
  CHECK(decoded->rgba[3] == 0);
  CHECK(near(at(*decoded, 8, 4), {255, 0, 0}, 0));
  CHECK(near(at(*decoded, 23, 19), {255, 0, 0}, 0));
  CHECK(decoded->rgba[(4 * 32 + 8) * 4 + 3] == 255);
  CHECK(decoded->rgba[(20 * 32 + 24) * 4 + 3] == 0);
}

TEST_CASE("an animation frame that leaves its canvas is refused") {
  const Bytes red = pictures::webp(pictures::plain(16, 16, {255, 0, 0}), true);
  CHECK_FALSE(decode(pictures::animated_webp(32, 32, {{red, 20, 4, 16, 16}})));
}

TEST_CASE("a WebP cut anywhere is truncated") {
  const Pixels original = pictures::photo(160, 120);
  for (const bool lossless : {true, false}) {
    const Bytes whole = pictures::webp(original, lossless);
    for (const std::size_t size : {whole.size() / 8, whole.size() / 2, whole.size() - 30}) {
      const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const auto decoded = decode(cut);
      REQUIRE_FALSE(decoded);
      CHECK(decoded.error().code == ErrorCode::Truncated);
    }
  }
}
