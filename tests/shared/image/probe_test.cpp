#include "shared/image/probe.hpp"

#include <doctest/doctest.h>

#include "tests/shared/image/pictures.hpp"

using namespace vignette;

namespace {

void put_box(Bytes& out, std::string_view type, const Bytes& content) {
  for (const int shift : {24, 16, 8, 0})
    out.push_back(static_cast<std::uint8_t>((content.size() + 8) >> shift));
  out.insert(out.end(), type.begin(), type.end());
  out.insert(out.end(), content.begin(), content.end());
}

Bytes box(std::string_view type, const Bytes& content) {
  Bytes out;
  put_box(out, type, content);
  return out;
}

Bytes ispe(int width, int height) {
  Bytes content(4);
  for (const int side : {width, height}) {
    for (const int shift : {24, 16, 8, 0}) content.push_back(static_cast<std::uint8_t>(side >> shift));
  }
  return box("ispe", content);
}

/// A phone's HEIC: tiles of 512×512 that make 4032×3024, turned by a quarter.
Bytes heic() {
  Bytes properties = ispe(512, 512);
  const Bytes grid = ispe(4032, 3024), turn = box("irot", {3});
  properties.insert(properties.end(), grid.begin(), grid.end());
  properties.insert(properties.end(), turn.begin(), turn.end());
  const Bytes iprp = box("iprp", box("ipco", properties));
  Bytes meta(4);
  meta.insert(meta.end(), iprp.begin(), iprp.end());
  Bytes out = box("ftyp", {'h', 'e', 'i', 'c', 0, 0, 0, 0, 'm', 'i', 'f', '1'});
  put_box(out, "meta", meta);
  return out;
}

}  // namespace

TEST_CASE("probing tells size and kind of every format") {
  const Pixels picture = pictures::photo(30, 20);
  const auto size_of = [](const Bytes& file, std::string_view name = {}) {
    const auto info = probe(file, {}, name);
    REQUIRE(info);
    return Size{info->width, info->height};
  };
  const Size expected{30, 20};
  CHECK(size_of(pictures::jpeg(picture)) == expected);
  CHECK(size_of(pictures::jpeg(picture, {.progressive = true})) == expected);
  CHECK(size_of(pictures::png(picture)) == expected);
  CHECK(size_of(pictures::webp(picture, false)) == expected);
  CHECK(size_of(pictures::webp(picture, true)) == expected);
  CHECK(size_of(pictures::extended_webp(pictures::webp(picture, true), 30, 20, {}, as_bytes("x"))) ==
        expected);
  CHECK(size_of(pictures::gif(30, 20, {1})) == expected);
  CHECK(size_of(pictures::bmp(picture)) == expected);
  CHECK(size_of(pictures::psd(picture)) == expected);
  CHECK(size_of(pictures::ppm(picture)) == expected);
  CHECK(size_of(pictures::hdr(picture)) == expected);
  CHECK(size_of(pictures::tga(picture), "x.tga") == expected);
}

TEST_CASE("probing tells alpha, animation, CMYK, depth and date") {
  const Pixels picture = pictures::photo(16, 16);
  CHECK(probe(pictures::png(picture))->alpha);
  CHECK_FALSE(probe(pictures::jpeg(picture))->alpha);
  CHECK(probe(pictures::gif(4, 4, {1, 2}))->animated);
  CHECK_FALSE(probe(pictures::gif(4, 4, {1}))->animated);
  CHECK(probe(pictures::jpeg(picture, {.kind = pictures::JpegKind::Cmyk}))->cmyk);
  CHECK_FALSE(probe(pictures::jpeg(picture))->cmyk);
  const Bytes deep =
      pictures::png(4, 4, {.depth = 16, .colour_type = 2}, [](int, int, int) -> std::uint32_t { return 7; });
  CHECK(probe(deep)->bits_per_channel == 16);
  const auto dated = probe(pictures::with_exif(pictures::jpeg(picture), 1, "2024:05:06 07:08:09"));
  CHECK(dated->taken == time_from({2024, 5, 6, 7, 8, 9}));
}

TEST_CASE("the upright size swaps the sides for the four turned orientations") {
  const Bytes jpeg = pictures::jpeg(pictures::photo(30, 20));
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto info = probe(pictures::with_exif(jpeg, orientation));
    REQUIRE(info);
    CHECK(info->orientation == orientation);
    CHECK(info->stored_width == 30);
    CHECK(info->width == (orientation >= 5 ? 20 : 30));
    CHECK(info->height == (orientation >= 5 ? 30 : 20));
  }
}

TEST_CASE("a phone's HEIC is as large as its grid, not its tiles, and turned as it says") {
  const auto info = probe(heic());
  REQUIRE(info);
  CHECK(info->format == Format::Heic);
  CHECK(info->stored_width == 4032);
  CHECK(info->width == 3024);
  CHECK(info->height == 4032);
}

TEST_CASE("a header claiming 60,000×60,000 pixels is refused by size, with the limit and advice") {
  const auto refused = probe(pictures::png_header(60'000, 60'000));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::TooLarge);
  CHECK(refused.error().message.find("60000×60000") != std::string::npos);
  CHECK(refused.error().message.find("178 million") != std::string::npos);
  CHECK_FALSE(refused.error().hint.empty());

  const auto longer = probe(pictures::png_header(0xFFFFFFFFU, 0xFFFFFFFFU));
  REQUIRE_FALSE(longer);
  CHECK(longer.error().code == ErrorCode::TooLarge);
  const auto allowed = probe(pictures::png_header(60'000, 60'000), {.max_pixels = std::int64_t{1} << 40});
  REQUIRE(allowed);
  CHECK(allowed->width == 60'000);
}

TEST_CASE("a picture without pixels is refused") {
  CHECK(probe(pictures::png_header(0, 5)).error().code == ErrorCode::InvalidInput);
  CHECK(probe(pictures::png_header(5, 0)).error().code == ErrorCode::InvalidInput);
}

TEST_CASE("a file past the byte limit is refused before it is looked at closely") {
  const Bytes jpeg = pictures::jpeg(pictures::photo(30, 20));
  CHECK(probe(jpeg, {.max_bytes = jpeg.size() - 1}).error().code == ErrorCode::TooLarge);
  CHECK(probe(jpeg, {.max_bytes = jpeg.size()}));
}

TEST_CASE("a header cut off anywhere is an error that a person understands") {
  const Pixels picture = pictures::photo(16, 16);
  for (const Bytes& file : {pictures::jpeg(picture), pictures::png(picture), pictures::webp(picture, true),
                            pictures::bmp(picture), pictures::psd(picture), pictures::ppm(picture)}) {
    for (std::size_t size = 0; size < 24 && size < file.size(); ++size) {
      const Bytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
      const auto info = probe(cut);
      if (info) continue;  // PPM's size may be complete already
      CHECK_FALSE(info.error().message.empty());
      CHECK_FALSE(info.error().hint.empty());
    }
  }
}

TEST_CASE("stray bytes between a JPEG's segments do no harm") {
  Bytes jpeg = pictures::with_segment(pictures::jpeg(pictures::photo(30, 20)), 0xE5, as_bytes("anything"));
  jpeg.insert(jpeg.begin() + 2 + 4 + 8, {1, 2, 3, 0xFF, 0xFF});
  REQUIRE(probe(jpeg));
  CHECK(probe(jpeg)->width == 30);
}

TEST_CASE("TIFF, JPEG XL and unknown bytes are refused with advice") {
  CHECK(probe(as_bytes(std::string_view("II*\0\x08\0\0\0", 8))).error().code == ErrorCode::Unsupported);
  CHECK(probe(as_bytes("\xFF\x0A\x12\x34")).error().code == ErrorCode::Unsupported);
  CHECK(probe(as_bytes("hello there")).error().code == ErrorCode::InvalidInput);
  CHECK(probe({}).error().code == ErrorCode::InvalidInput);
}
