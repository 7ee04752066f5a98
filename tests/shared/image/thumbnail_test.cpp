#include "shared/image/thumbnail.hpp"

#include <doctest/doctest.h>

#include "shared/image/copy.hpp"
#include "shared/image/decode.hpp"
#include "shared/image/probe.hpp"
#include "shared/image/resize.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;
using pictures::at;
using pictures::near;

TEST_CASE("a thumbnail fits its square, upright, and never grows") {
  const Bytes jpeg = pictures::jpeg(pictures::quarters(900, 600));
  const auto small = thumbnail(jpeg, 90);
  REQUIRE(small);
  CHECK(small->width == 90);
  CHECK(small->height == 60);
  const auto turned = thumbnail(pictures::with_exif(jpeg, 6), 90);
  REQUIRE(turned);
  CHECK(turned->width == 60);
  CHECK(turned->height == 90);
  CHECK(near(at(*turned, 5, 5), {0, 0, 255}, 6));
  CHECK(thumbnail(pictures::jpeg(pictures::quarters(40, 30)), 256)->width == 40);
}

TEST_CASE("a thumbnail looks like the whole picture carefully resized") {
  const Pixels original = pictures::photo(1600, 1200);
  for (const auto& [h, v] : {std::pair{2, 2}, {2, 1}, {1, 1}}) {
    const Bytes jpeg = pictures::jpeg(original, {.quality = 92, .h_samp = h, .v_samp = v});
    const Pixels careful = resize(*decode(jpeg), 256, 192);
    const auto quick = thumbnail(jpeg, 256);
    REQUIRE(quick);
    CHECK(pictures::psnr(careful, *quick) > 36);
  }
}

TEST_CASE("all eight orientations of a thumbnail and of a model's copy agree with decoding") {
  const Bytes jpeg = pictures::jpeg(pictures::photo(640, 400));
  for (int orientation = 1; orientation <= 8; ++orientation) {
    CAPTURE(orientation);
    const Bytes file = pictures::with_exif(jpeg, orientation);
    const auto whole = decode(file);
    REQUIRE(whole);
    const auto small = thumbnail(file, 128);
    REQUIRE(small);
    const Pixels expected = thumbnail(*whole, 128);
    REQUIRE(small->width == expected.width);
    CHECK(pictures::psnr(expected, *small) > 34);
    const auto copy = model_copy(file, {.long_side = 200, .quality = 95});
    REQUIRE(copy);
    const auto decoded = decode(copy->jpeg);
    REQUIRE(decoded);
    CHECK(pictures::psnr(resize(*whole, copy->width, copy->height), *decoded) > 32);
  }
}

TEST_CASE("a model's copy has the size asked for and not a word about its maker") {
  Bytes file = pictures::with_exif(pictures::jpeg(pictures::photo(640, 400)), 6, "2024:05:06 07:08:09");
  file = pictures::with_segment(file, 0xFE, as_bytes("a secret comment"));
  const auto copy = model_copy(file, {.long_side = 320});
  REQUIRE(copy);
  CHECK(copy->width == 200);
  CHECK(copy->height == 320);
  const auto info = probe(copy->jpeg);
  REQUIRE(info);
  CHECK(info->width == 200);
  CHECK(info->orientation == 1);
  CHECK_FALSE(info->taken);
  CHECK(as_text(copy->jpeg).find("secret") == std::string_view::npos);
  CHECK(as_text(copy->jpeg).find("Exif") == std::string_view::npos);
}

TEST_CASE("a model sees transparency on white, or on the ground asked for") {
  const Bytes png = pictures::png(pictures::plain(64, 64, {0, 0, 0}, 0));
  CHECK(near(at(*decode(model_copy(png, {.long_side = 32})->jpeg), 9, 9), {255, 255, 255}, 2));
  CHECK(near(
      at(*decode(model_copy(png, {.long_side = 32, .quality = 90, .background = {200, 60, 60}})->jpeg), 9, 9),
      {200, 60, 60}, 4));
}

TEST_CASE("grey, CMYK and progressive JPEGs become copies and thumbnails too") {
  using pictures::JpegKind;
  for (const JpegKind kind : {JpegKind::Colour, JpegKind::Grey, JpegKind::Cmyk, JpegKind::Ycck}) {
    for (const bool progressive : {false, true}) {
      const Bytes jpeg =
          pictures::jpeg(pictures::photo(640, 400), {.kind = kind, .progressive = progressive});
      const auto whole = decode(jpeg);
      REQUIRE(whole);
      CHECK(pictures::psnr(thumbnail(*whole, 100), *thumbnail(jpeg, 100)) > 34);
      const auto copy = model_copy(jpeg, {.long_side = 300, .quality = 95});
      REQUIRE(copy);
      CHECK(pictures::psnr(thumbnail(*whole, 300), *decode(copy->jpeg)) > 31);
    }
  }
}

TEST_CASE("a truncated JPEG gives no thumbnail and no copy") {
  const Bytes whole = pictures::jpeg(pictures::photo(640, 400));
  const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2));
  CHECK(thumbnail(cut, 128).error().code == ErrorCode::Truncated);
  CHECK(model_copy(cut, {.long_side = 320}).error().code == ErrorCode::Truncated);
}
