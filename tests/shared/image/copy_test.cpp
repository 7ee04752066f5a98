#include "shared/image/copy.hpp"

#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "shared/image/resize.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;
using pictures::at;
using pictures::near;

namespace {

/// The same photo with something else in the rectangle.
Pixels with_secret(Pixels pixels, int left, int top, int width, int height, Colour colour) {
  for (int y = top; y < top + height; ++y) {
    for (int x = left; x < left + width; ++x) {
      std::uint8_t* at = pixels.rgba.data() + 4 * (static_cast<std::size_t>(y) * pixels.width + x);
      at[0] = colour.red, at[1] = colour.green, at[2] = colour.blue;
    }
  }
  return pixels;
}

}  // namespace

TEST_CASE("a box is black in the copy and lies where the upright picture has it, in all orientations") {
  const Bytes jpeg = pictures::jpeg(pictures::photo(640, 400));
  const PictureBox box{.left = 0.1, .top = 0.25, .width = 0.3, .height = 0.25};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    CAPTURE(orientation);
    const Bytes file = pictures::with_exif(jpeg, orientation);
    const Pixels seen = *decode(model_copy(file, {.long_side = 320, .quality = 95, .black = {box}})->jpeg);
    const Pixels open = *decode(model_copy(file, {.long_side = 320, .quality = 95})->jpeg);
    REQUIRE(seen.width == open.width);
    const int left = seen.width / 10 + 2, top = seen.height / 4 + 2;  // the very edge is a mixture
    const int right = seen.width * 4 / 10 - 2, bottom = seen.height / 2 - 2;
    for (int y = top; y < bottom; ++y) {
      for (int x = left; x < right; ++x) REQUIRE(near(at(seen, x, y), {0, 0, 0}, 12));
    }
    // Around it nothing has changed but what a JPEG blurs.
    for (const auto& [x, y] : {std::pair{left - 12, top + 10},
                               {right + 12, top + 10},
                               {left + 10, top - 12},
                               {left + 10, bottom + 12}}) {
      CHECK(near(at(seen, x, y), at(open, x, y), 14));
    }
  }
}

TEST_CASE("what is under a box cannot be found out: other secrets give the same bytes") {
  const Pixels photo = pictures::photo(640, 400);
  const Pixels red = with_secret(photo, 160, 96, 128, 64, {250, 10, 10});
  const Pixels blue = with_secret(photo, 160, 96, 128, 64, {5, 5, 255});
  const CopyOptions options{.long_side = 300, .black = {{0.25, 0.24, 0.2, 0.16}}};
  CHECK(model_copy(pictures::png(red), options)->jpeg == model_copy(pictures::png(blue), options)->jpeg);
  CHECK(model_copy(red, options)->jpeg == model_copy(blue, options)->jpeg);
  // A JPEG has mixed pixels with their neighbours already, but not beyond its blocks of 16.
  for (const int side : {80, 300, 640}) {
    CAPTURE(side);
    CopyOptions of_photo = options;
    of_photo.long_side = side;
    CHECK(model_copy(pictures::jpeg(red), of_photo)->jpeg ==
          model_copy(pictures::jpeg(blue), of_photo)->jpeg);
  }
  CHECK(model_copy(red, {.long_side = 300})->jpeg != model_copy(blue, {.long_side = 300})->jpeg);
}

TEST_CASE("a box may reach over the edge, cover all, or be too thin to hit a whole pixel") {
  const Pixels white = pictures::plain(100, 60, {255, 255, 255});
  const auto copy = [&](const PictureBox& box) {
    return *decode(model_copy(white, {.long_side = 100, .quality = 95, .black = {box}})->jpeg);
  };
  CHECK(near(at(copy({-1, -1, 9, 9}), 99, 59), {0, 0, 0}, 3));
  CHECK(near(at(copy({0.5, 0.5, 2, 2}), 99, 59), {0, 0, 0}, 3));
  CHECK(near(at(copy({0.5, 0.5, 2, 2}), 20, 20), {255, 255, 255}, 3));
  CHECK(near(at(copy({0.505, 0, 0.0001, 1}), 50, 30), {0, 0, 0}, 60));
  CHECK(near(at(copy({3, 3, 1, 1}), 99, 59), {255, 255, 255}, 3));
}

TEST_CASE("a box hides what is transparent, too") {
  const Pixels clear = pictures::plain(64, 64, {200, 0, 0}, 0);
  const Pixels seen = *decode(model_copy(clear, {.long_side = 64, .black = {{0, 0, 0.5, 1}}})->jpeg);
  CHECK(near(at(seen, 10, 30), {0, 0, 0}, 6));
  CHECK(near(at(seen, 50, 30), {255, 255, 255}, 6));
}

TEST_CASE("a copy keeps below the size that a model takes, and only as small as needed") {
  const Bytes jpeg = pictures::jpeg(pictures::photo(1600, 1200, 3, 2.5F));
  const auto free = model_copy(jpeg, {.long_side = 1024});
  REQUIRE(free->jpeg.size() > 100'000);
  for (const std::size_t limit : {100'000UL, 40'000UL, 8'000UL}) {
    CAPTURE(limit);
    const auto copy = model_copy(jpeg, {.long_side = 1024, .max_bytes = limit});
    REQUIRE(copy);
    CHECK(copy->jpeg.size() <= limit);
    CHECK(copy->jpeg.size() > limit / 4);
  }
  CHECK(model_copy(jpeg, {.long_side = 1024, .max_bytes = 10'000'000})->jpeg == free->jpeg);
  CHECK(model_copy(jpeg, {.long_side = 1024, .max_bytes = 50}).error().code == ErrorCode::TooLarge);
}
