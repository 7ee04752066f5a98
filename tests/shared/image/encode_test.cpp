#include "shared/image/encode.hpp"

#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "shared/image/probe.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;

TEST_CASE("a JPEG we wrote decodes to nearly what went in") {
  const Pixels original = pictures::photo(321, 123);
  const auto usual = encode_jpeg(original),
             full = encode_jpeg(original, {.quality = 97, .full_colour = true});
  REQUIRE((usual && full));
  CHECK(pictures::psnr(original, *decode(*usual)) > 31);
  CHECK(pictures::psnr(original, *decode(*full)) > 38);
  CHECK(full->size() > usual->size());
}

TEST_CASE("quality trades size for likeness, and the smallest form is smaller with the same pixels") {
  const Pixels original = pictures::photo(320, 240);
  const auto low = encode_jpeg(original, {.quality = 40}), high = encode_jpeg(original, {.quality = 92});
  const auto packed = encode_jpeg(original, {.quality = 92, .smallest = true});
  REQUIRE((low && high && packed));
  CHECK(low->size() < high->size());
  CHECK(packed->size() < high->size());
  CHECK(decode(*packed)->rgba == decode(*high)->rgba);
}

TEST_CASE("a PNG we wrote comes back exactly, as RGB only when nothing shines through") {
  const Pixels opaque = pictures::photo(53, 31);
  const auto rgb = encode_png(opaque);
  REQUIRE(rgb);
  CHECK_FALSE(probe(*rgb)->alpha);
  CHECK(decode(*rgb)->rgba == opaque.rgba);

  Pixels clear = opaque;
  clear.rgba[3] = 17;
  const auto rgba = encode_png(clear, 9);
  REQUIRE(rgba);
  CHECK(probe(*rgba)->alpha);
  CHECK(decode(*rgba)->rgba == clear.rgba);
}

TEST_CASE("filtering makes smooth PNGs much smaller than their pixels") {
  Pixels smooth = pictures::plain(200, 200, {});
  for (int y = 0; y < 200; ++y) {
    for (int x = 0; x < 200; ++x)
      smooth.rgba[static_cast<std::size_t>(y * 200 + x) * 4] = static_cast<std::uint8_t>(x + y / 4);
  }
  CHECK(encode_png(smooth)->size() < 2000);
}

TEST_CASE("pictures of one pixel and odd sizes can be written") {
  for (const auto& [width, height] : {std::pair{1, 1}, {7, 1}, {1, 9}, {17, 15}}) {
    const Pixels picture = pictures::plain(width, height, {90, 60, 30});
    CHECK(decode(*encode_png(picture))->rgba == picture.rgba);
    CHECK(pictures::near(pictures::at(*decode(*encode_jpeg(picture)), 0, 0), {90, 60, 30}, 4));
  }
}

TEST_CASE("a picture without pixels, or too long for JPEG, is refused") {
  CHECK_FALSE(encode_jpeg(Pixels{}));
  CHECK_FALSE(encode_png(Pixels{}));
  CHECK(encode_jpeg(pictures::plain(65501, 1, {})).error().code == ErrorCode::TooLarge);
}
