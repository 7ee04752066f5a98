#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;
using pictures::at;
using pictures::near;

TEST_CASE("BMP, TGA, PSD and PPM decode exactly") {
  const Pixels original = pictures::photo(37, 23);
  CHECK(decode(pictures::bmp(original))->rgba == original.rgba);
  CHECK(decode(pictures::tga(original), {.name_hint = "a.tga"})->rgba == original.rgba);
  CHECK(decode(pictures::tga(pictures::quarters(300, 20), true), {.name_hint = "a.tga"})->rgba ==
        pictures::quarters(300, 20).rgba);
  CHECK(decode(pictures::psd(original))->rgba == original.rgba);
  CHECK(decode(pictures::ppm(original))->rgba == original.rgba);
}

TEST_CASE("a GIF shows its first frame") {
  const auto decoded = decode(pictures::gif(50, 40, {2, 1, 3}));
  REQUIRE(decoded);
  CHECK(decoded->width == 50);
  CHECK(near(at(*decoded, 0, 0), {0, 255, 0}, 0));
  CHECK(near(at(*decoded, 49, 39), {0, 255, 0}, 0));
}

TEST_CASE("formats cut in the middle are truncated") {
  const Pixels original = pictures::photo(60, 50);
  const Bytes files[] = {pictures::gif(60, 50, {1}), pictures::bmp(original), pictures::tga(original),
                         pictures::psd(original),    pictures::ppm(original), pictures::hdr(original)};
  for (const Bytes& whole : files) {
    CAPTURE(static_cast<int>(whole[0]));
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2));
    const auto decoded = decode(cut, {.name_hint = "a.tga"});
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == ErrorCode::Truncated);
  }
}

TEST_CASE("a GIF cut after its first frame still shows that") {
  const Bytes whole = pictures::gif(60, 50, {1, 2});
  const Bytes cut(whole.begin(), whole.end() - 40);
  REQUIRE(decode(cut));
  CHECK(near(at(*decode(cut), 5, 5), {255, 0, 0}, 0));
}

TEST_CASE("HDR light is brought to the same brightness however it was scaled") {
  const Pixels scene = pictures::photo(40, 30);
  const auto dim = decode(pictures::hdr(scene, -6)), bright = decode(pictures::hdr(scene, 9));
  REQUIRE((dim && bright));
  CHECK(pictures::psnr(*dim, *bright) > 35);
  double mean = 0;
  for (int x = 0; x < 40; ++x) mean += at(*dim, x, 15).green / 40.0;
  CHECK(mean > 60);
  CHECK(mean < 190);
}

TEST_CASE("formats for the browser and for nobody are refused with advice") {
  const auto avif =
      decode(as_bytes(std::string_view("\0\0\0\x1C"
                                       "ftypavif\0\0\0\0mif1miaf",
                                       24)));
  REQUIRE_FALSE(avif);
  const auto tiff = decode(as_bytes(std::string_view("II*\0\x08\0\0\0", 8)));
  REQUIRE_FALSE(tiff);
  CHECK(tiff.error().code == ErrorCode::Unsupported);
}

TEST_CASE("damaged pictures of every kind give an error or a picture, never a crash") {
  const Pixels original = pictures::photo(24, 18);
  const Bytes files[] = {
      pictures::gif(24, 18, {1}), pictures::bmp(original),        pictures::tga(original, true),
      pictures::psd(original),    pictures::ppm(original),        pictures::hdr(original),
      pictures::png(original),    pictures::webp(original, true), pictures::webp(original, false)};
  std::uint32_t dice = 99;
  for (const Bytes& whole : files) {
    for (int round = 0; round < 100; ++round) {
      Bytes damaged = whole;
      for (int i = 0; i < 3; ++i) {
        dice = dice * 1664525U + 1013904223U;
        damaged[(dice >> 8) % std::min<std::size_t>(damaged.size(), 300)] =
            static_cast<std::uint8_t>(dice >> 24);
      }
      const auto decoded = decode(damaged, {.limits = {.max_pixels = 1'000'000}, .name_hint = "a.tga"});
      if (!decoded) CHECK_FALSE(decoded.error().message.empty());
    }
  }
}
