#include "shared/image/orient.hpp"

#include <doctest/doctest.h>
#include <string>

#include "shared/image/decode.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;

namespace {

/// Digits as pixels: "123/456" is 3×2.
Pixels grid(std::string_view digits) {
  Pixels out;
  for (const char c : digits) {
    if (c == '/') continue;
    const auto v = static_cast<std::uint8_t>(c);
    out.rgba.insert(out.rgba.end(),
                    {v, static_cast<std::uint8_t>(v + 1), static_cast<std::uint8_t>(v + 2), 255});
  }
  out.width = static_cast<int>(digits.find('/'));
  out.height = static_cast<int>(out.rgba.size()) / 4 / out.width;
  return out;
}

std::string digits_of(const Pixels& pixels) {
  std::string out;
  for (int y = 0; y < pixels.height; ++y) {
    if (y > 0) out += '/';
    for (int x = 0; x < pixels.width; ++x) out += static_cast<char>(pictures::at(pixels, x, y).red);
  }
  return out;
}

}  // namespace

TEST_CASE("each of the eight orientations puts every pixel where EXIF says") {
  const Pixels stored = grid("123/456");
  CHECK(digits_of(orient(stored, 1)) == "123/456");
  CHECK(digits_of(orient(stored, 2)) == "321/654");
  CHECK(digits_of(orient(stored, 3)) == "654/321");
  CHECK(digits_of(orient(stored, 4)) == "456/123");
  CHECK(digits_of(orient(stored, 5)) == "14/25/36");
  CHECK(digits_of(orient(stored, 6)) == "41/52/63");
  CHECK(digits_of(orient(stored, 7)) == "63/52/41");
  CHECK(digits_of(orient(stored, 8)) == "36/25/14");
  CHECK(digits_of(orient(stored, 9)) == "123/456");
}

TEST_CASE("pictures larger than the blocks they are turned in come out whole") {
  const Pixels stored = pictures::photo(101, 67);
  const Pixels turned = orient(stored, 6);
  REQUIRE(turned.width == 67);
  for (int y = 0; y < 101; ++y) {
    for (int x = 0; x < 67; ++x) {
      const Colour a = pictures::at(turned, x, y), b = pictures::at(stored, y, 66 - x);
      REQUIRE(pictures::near(a, b, 0));
    }
  }
  CHECK(orient(turned, 8).rgba == stored.rgba);
}

TEST_CASE("decoding turns JPEG, PNG and WebP upright") {
  const Pixels stored = pictures::quarters(48, 32);
  const Colour red{255, 0, 0}, green{0, 255, 0}, blue{0, 0, 255}, white{255, 255, 255};
  // What is at the upper left and upper right once upright.
  const Colour corners[9][2] = {{},          {red, green}, {green, red},   {white, blue}, {blue, white},
                                {red, blue}, {blue, red},  {white, green}, {green, white}};
  const Bytes jpeg = pictures::jpeg(stored, {.quality = 95, .h_samp = 1, .v_samp = 1});
  const Bytes simple = pictures::webp(stored, true);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    CAPTURE(orientation);
    const Bytes block = pictures::exif_block(orientation);
    const Bytes files[] = {
        pictures::with_exif(jpeg, orientation), pictures::extended_webp(simple, 48, 32, block, {}),
        pictures::png(48, 32, {.colour_type = 2, .exif = block}, [](int x, int y, int c) -> std::uint32_t {
          const bool right = x >= 24, low = y >= 16;
          const bool on[3] = {right == low, right, low};
          return on[c] ? 255 : 0;
        })};
    for (const Bytes& file : files) {
      const auto upright = decode(file);
      REQUIRE(upright);
      REQUIRE(upright->width == (orientation >= 5 ? 32 : 48));
      CHECK(pictures::near(pictures::at(*upright, 4, 4), corners[orientation][0], 8));
      CHECK(pictures::near(pictures::at(*upright, upright->width - 5, 4), corners[orientation][1], 8));
    }
  }
}
