#include "shared/image/resize.hpp"

#include <doctest/doctest.h>

#include "tests/shared/image/pictures.hpp"

using namespace vignette;
using pictures::at;
using pictures::near;

TEST_CASE("a plain picture stays plain at any size") {
  const Pixels plain = pictures::plain(97, 41, {12, 130, 240});
  for (const auto& [width, height] : {std::pair{10, 10}, {1, 1}, {97, 5}, {200, 300}}) {
    const Pixels resized = resize(plain, width, height);
    CHECK(resized.rgba == pictures::plain(width, height, {12, 130, 240}).rgba);
  }
}

TEST_CASE("shrinking keeps what is where") {
  const Pixels small = resize(pictures::quarters(333, 222), 30, 20);
  CHECK(near(at(small, 5, 5), {255, 0, 0}, 2));
  CHECK(near(at(small, 25, 5), {0, 255, 0}, 2));
  CHECK(near(at(small, 5, 15), {0, 0, 255}, 2));
  CHECK(near(at(small, 25, 15), {255, 255, 255}, 2));
}

TEST_CASE("fine stripes average instead of aliasing") {
  Pixels stripes = pictures::plain(256, 64, {0, 0, 0});
  for (std::size_t i = 0; i < stripes.rgba.size(); i += 8)
    stripes.rgba[i] = stripes.rgba[i + 1] = stripes.rgba[i + 2] = 255;
  const Pixels small = resize(stripes, 51, 13);
  for (int x = 2; x < 49; ++x) CHECK(near(at(small, x, 6), {127, 127, 127}, 3));
  // In linear light, half the light is not half the number.
  const Pixels linear = resize(stripes, 51, 13, {.linear_light = true});
  CHECK(near(at(linear, 25, 6), {188, 188, 188}, 3));
}

TEST_CASE("the colour hidden in transparent pixels does not bleed") {
  Pixels picture = pictures::plain(64, 64, {0, 255, 0}, 0);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 32; ++x) {
      const std::size_t i = static_cast<std::size_t>(y * 64 + x) * 4;
      picture.rgba[i] = 255, picture.rgba[i + 1] = 0, picture.rgba[i + 3] = 255;
    }
  }
  const Pixels small = resize(picture, 9, 9);
  for (int x = 0; x < 5; ++x) CHECK(near(at(small, x, 4), {255, 0, 0}, 1));
  CHECK(small.rgba[(4 * 9 + 8) * 4 + 3] == 0);
}

TEST_CASE("down and up again gives nearly the picture, without shifting it") {
  const Pixels smooth = resize(pictures::photo(64, 48), 256, 192);
  const Pixels back = resize(resize(smooth, 128, 96), 256, 192);
  CHECK(pictures::psnr(smooth, back) > 34);
}

TEST_CASE("sizes that fit inside a square keep their shape and never grow") {
  CHECK(fit_inside({4032, 3024}, 256) == Size{256, 192});
  CHECK(fit_inside({3024, 4032}, 256) == Size{192, 256});
  CHECK(fit_inside({100, 50}, 256) == Size{100, 50});
  CHECK(fit_inside({10000, 3}, 256) == Size{256, 1});
}

TEST_CASE("flattening puts transparency on the ground it is given") {
  Pixels picture = pictures::plain(2, 1, {200, 100, 0}, 0);
  picture.rgba[7] = 128;
  flatten(picture, {0, 0, 255});
  CHECK(near(at(picture, 0, 0), {0, 0, 255}, 0));
  CHECK(near(at(picture, 1, 0), {100, 50, 127}, 1));
  CHECK(is_opaque(picture));
}

TEST_CASE("a crop is clipped to the picture") {
  const Pixels picture = pictures::photo(20, 10);
  const Pixels part = crop(picture, 15, -3, 100, 8);
  REQUIRE(part.width == 5);
  REQUIRE(part.height == 5);
  CHECK(near(at(part, 0, 0), at(picture, 15, 0), 0));
  CHECK(near(at(part, 4, 4), at(picture, 19, 4), 0));
  CHECK(crop(picture, 20, 0, 5, 5).rgba.empty());
}
