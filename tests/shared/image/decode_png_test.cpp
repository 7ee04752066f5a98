#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;
using pictures::at;
using pictures::near;

namespace {
std::uint32_t ramp(int x, int y, int channel) {
  return static_cast<std::uint32_t>(x * 8 + y + channel * 20) & 0xFF;
}
}  // namespace

TEST_CASE("8-bit PNGs of every colour type decode exactly, interlaced or not") {
  for (const bool interlaced : {false, true}) {
    const auto grey = decode(pictures::png(19, 11, {.colour_type = 0, .interlaced = interlaced}, ramp));
    const auto rgb = decode(pictures::png(19, 11, {.colour_type = 2, .interlaced = interlaced}, ramp));
    const auto grey_alpha = decode(pictures::png(19, 11, {.colour_type = 4, .interlaced = interlaced}, ramp));
    const auto rgba = decode(pictures::png(19, 11, {.colour_type = 6, .interlaced = interlaced}, ramp));
    REQUIRE((grey && rgb && grey_alpha && rgba));
    for (int y = 0; y < 11; ++y) {
      for (int x = 0; x < 19; ++x) {
        const auto v = [&](int c) { return static_cast<std::uint8_t>(ramp(x, y, c)); };
        const std::size_t i = static_cast<std::size_t>(y * 19 + x) * 4;
        REQUIRE(near(at(*grey, x, y), {v(0), v(0), v(0)}, 0));
        REQUIRE(near(at(*rgb, x, y), {v(0), v(1), v(2)}, 0));
        REQUIRE(near(at(*grey_alpha, x, y), {v(0), v(0), v(0)}, 0));
        REQUIRE(grey_alpha->rgba[i + 3] == v(1));
        REQUIRE(near(at(*rgba, x, y), {v(0), v(1), v(2)}, 0));
        REQUIRE(rgba->rgba[i + 3] == v(3));
      }
    }
  }
}

TEST_CASE("1, 2 and 4 bits of grey spread over the whole range") {
  for (const int depth : {1, 2, 4}) {
    const int top = (1 << depth) - 1;
    const auto decoded =
        decode(pictures::png(16, 2, {.depth = depth, .colour_type = 0},
                             [](int x, int, int) -> std::uint32_t { return x % 2 == 0 ? 0 : 1; }));
    REQUIRE(decoded);
    CHECK(at(*decoded, 0, 0).red == 0);
    CHECK(at(*decoded, 1, 1).red == 255 / top);
  }
}

TEST_CASE("palettes work at every depth, with transparency") {
  for (const int depth : {1, 2, 4, 8}) {
    const pictures::PngRecipe recipe{
        .depth = depth, .colour_type = 3, .palette = {10, 20, 30, 200, 100, 50}, .transparency = {255, 128}};
    const auto decoded =
        decode(pictures::png(9, 3, recipe, [](int x, int, int) -> std::uint32_t { return x & 1; }));
    REQUIRE(decoded);
    CHECK(near(at(*decoded, 0, 0), {10, 20, 30}, 0));
    CHECK(near(at(*decoded, 7, 2), {200, 100, 50}, 0));
    CHECK(decoded->rgba[3] == 255);
    CHECK(decoded->rgba[7] == 128);
  }
}

TEST_CASE("16-bit samples keep their upper byte") {
  const auto decoded =
      decode(pictures::png(4, 4, {.depth = 16, .colour_type = 2}, [](int x, int, int c) -> std::uint32_t {
        return static_cast<std::uint32_t>(0x1234 + 0x2000 * c + 0x100 * x);
      }));
  REQUIRE(decoded);
  CHECK(near(at(*decoded, 0, 0), {0x12, 0x32, 0x52}, 1));
  CHECK(near(at(*decoded, 3, 3), {0x15, 0x35, 0x55}, 1));
}

TEST_CASE("a PNG cut anywhere is truncated") {
  const Bytes whole = pictures::png(pictures::photo(60, 40));
  for (const std::size_t size : {whole.size() / 4, whole.size() / 2, whole.size() - 20, whole.size() - 3}) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const auto decoded = decode(cut);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == ErrorCode::Truncated);
  }
}

TEST_CASE("a PNG whose compressed data are damaged is an error") {
  Bytes png = pictures::png(pictures::photo(60, 40));
  for (std::size_t i = 60; i < 200; ++i) png[i] = 0xA5;
  CHECK(decode(png).error().code == ErrorCode::InvalidInput);
}

TEST_CASE("Apple's private PNG is named as what it is") {
  Bytes png = pictures::png(pictures::photo(6, 4));
  const Bytes cgbi = {0, 0, 0, 4, 'C', 'g', 'B', 'I', 0x50, 0, 0x20, 2, 0x2B, 0xD5, 0xB3, 0x7F};
  png.insert(png.begin() + 8, cgbi.begin(), cgbi.end());
  CHECK(decode(png).error().code == ErrorCode::Unsupported);
}
