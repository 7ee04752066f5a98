#include "shared/image/jpeg_planes.hpp"

#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "shared/image/resize.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;
using pictures::JpegKind;

namespace {

std::optional<Planes> planes_of(const Bytes& jpeg, Size luma, Size chroma) {
  const auto info = probe(jpeg);
  REQUIRE(info);
  return decode_planes(jpeg, *info, luma, chroma);
}

/// The planes as a picture of the size they were made for.
Pixels picture_of(Planes planes, Size size) {
  for (Plane* plane : {&planes.y, &planes.cb, &planes.cr}) {
    if (!plane->samples.empty()) *plane = resize_plane(*plane, size.width, size.height);
  }
  return rgba_from(planes);
}

}  // namespace

TEST_CASE("shrunk planes show the picture that libjpeg shows in full, at every scale and subsampling") {
  const Pixels original = pictures::photo(643, 417);
  for (const auto& [h, v] : {std::pair{1, 1}, {2, 1}, {1, 2}, {2, 2}}) {
    for (const int restart_rows : {0, 1, 3}) {
      const Bytes jpeg =
          pictures::jpeg(original, {.quality = 92, .h_samp = h, .v_samp = v, .restart_rows = restart_rows});
      const auto whole = decode(jpeg);
      REQUIRE(whole);
      for (const int part : {2, 4, 8}) {
        CAPTURE(h * 100 + v * 10 + part);
        const Size size{643 / part, 417 / part};
        const auto planes = planes_of(jpeg, size, size);
        REQUIRE(planes);
        CHECK(planes->y.width == (643 + part - 1) / part);
        CHECK(pictures::psnr(resize(*whole, size.width, size.height), picture_of(*planes, size)) > 33);
      }
    }
  }
}

TEST_CASE("a grey JPEG gives one plane") {
  const auto planes =
      planes_of(pictures::jpeg(pictures::photo(200, 150), {.kind = JpegKind::Grey}), {50, 37}, {50, 37});
  REQUIRE(planes);
  CHECK(planes->grey());
  CHECK(planes->y.width == 50);
}

TEST_CASE("what is not an ordinary photo, or needed in full, is left to libjpeg") {
  const Pixels picture = pictures::photo(200, 150);
  const Size quarter{50, 37};
  CHECK_FALSE(planes_of(pictures::jpeg(picture, {.progressive = true}), quarter, quarter));
  CHECK_FALSE(planes_of(pictures::jpeg(picture, {.kind = JpegKind::Cmyk}), quarter, quarter));
  CHECK_FALSE(planes_of(pictures::jpeg(picture, {.h_samp = 4, .v_samp = 1}), quarter, quarter));
  CHECK_FALSE(planes_of(pictures::jpeg(picture), {150, 100}, quarter));
}

TEST_CASE("a file cut anywhere is never taken for whole") {
  const Bytes whole = pictures::jpeg(pictures::photo(200, 150), {.restart_rows = 2});
  REQUIRE(planes_of(whole, {50, 37}, {50, 37}));
  const auto info = probe(whole);
  for (std::size_t size = 2; size + 8 < whole.size(); size += 7) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK_FALSE(decode_planes(cut, *info, {50, 37}, {50, 37}));
  }
}

TEST_CASE("damaged photos are decoded or left to libjpeg, never read or written out of bounds") {
  const Bytes whole = pictures::jpeg(pictures::photo(120, 90), {.restart_rows = 1});
  const auto info = probe(whole);
  std::uint32_t dice = 5;
  for (int round = 0; round < 500; ++round) {
    Bytes damaged = whole;
    for (int i = 0; i < 4; ++i) {
      dice = dice * 1664525U + 1013904223U;
      damaged[2 + (dice >> 8) % (damaged.size() - 2)] = static_cast<std::uint8_t>(dice >> 24);
    }
    const int part = 2 << (round % 3);
    (void)decode_planes(damaged, *info, {120 / part, 90 / part}, {120 / part, 90 / part});
  }
}

TEST_CASE("resizing a plane gives the numbers of the careful resizer, and keeps plain ones plain") {
  const Pixels picture = pictures::photo(301, 203);
  Planes planes;
  planes.y = {301, 203, 304, Bytes(304 * 203 + Plane::kSpare), 301, 203};
  for (int y = 0; y < 203; ++y) {
    for (int x = 0; x < 301; ++x) planes.y.row(y)[x] = pictures::at(picture, x, y).green;
  }
  for (const Size size : {Size{150, 101}, Size{37, 25}, Size{299, 200}, Size{1, 1}, Size{400, 300}}) {
    const Plane small = resize_plane(planes.y, size.width, size.height);
    const Pixels expected = resize(picture, size.width, size.height);
    CAPTURE(size.width);
    int worst = 0;
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        worst = std::max(worst, std::abs(small.row(y)[x] - pictures::at(expected, x, y).green));
      }
    }
    CHECK(worst <= 1);
  }
  Plane plain{90, 70, 96, Bytes(96 * 70 + Plane::kSpare, 201), 90, 70};
  for (const std::uint8_t sample : resize_plane(plain, 31, 17).samples) CHECK((sample == 201 || sample == 0));
  CHECK(resize_plane(plain, 31, 17).row(16)[30] == 201);
}
