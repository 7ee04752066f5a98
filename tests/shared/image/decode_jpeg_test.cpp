#include <cstdio>
#include <doctest/doctest.h>
#include <jpeglib.h>

#include "shared/image/decode.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;
using pictures::JpegKind;

TEST_CASE("a JPEG decodes to nearly what went in, in every subsampling") {
  const Pixels original = pictures::photo(123, 77);
  for (const auto& [h, v] : {std::pair{1, 1}, {2, 1}, {1, 2}, {2, 2}, {4, 1}}) {
    for (const bool progressive : {false, true}) {
      const auto decoded = decode(
          pictures::jpeg(original, {.quality = 95, .h_samp = h, .v_samp = v, .progressive = progressive}));
      REQUIRE(decoded);
      CAPTURE(h * 10 + v);
      CHECK(pictures::psnr(original, *decoded) > 33);
    }
  }
}

TEST_CASE("restart markers and arithmetic coding change nothing") {
  const Pixels original = pictures::photo(120, 80);
  const auto plain = decode(pictures::jpeg(original));
  CHECK(decode(pictures::jpeg(original, {.restart_rows = 1}))->rgba == plain->rgba);
#ifdef C_ARITH_CODING_SUPPORTED
  CHECK(decode(pictures::jpeg(original, {.arithmetic = true}))->rgba == plain->rgba);
#endif
}

TEST_CASE("a grey JPEG becomes grey pixels") {
  const auto decoded = decode(pictures::jpeg(pictures::quarters(32, 32), {.kind = JpegKind::Grey}));
  REQUIRE(decoded);
  CHECK(pictures::near(pictures::at(*decoded, 4, 4), {76, 76, 76}, 3));
  CHECK(pictures::near(pictures::at(*decoded, 28, 28), {255, 255, 255}, 3));
}

TEST_CASE("inverted CMYK and YCCK, as Adobe writes them, come out in their colours") {
  for (const JpegKind kind : {JpegKind::Cmyk, JpegKind::Ycck}) {
    const auto decoded = decode(pictures::jpeg(pictures::quarters(64, 64), {.quality = 95, .kind = kind}));
    REQUIRE(decoded);
    CHECK(pictures::near(pictures::at(*decoded, 8, 8), {255, 0, 0}, 10));
    CHECK(pictures::near(pictures::at(*decoded, 56, 8), {0, 255, 0}, 10));
    CHECK(pictures::near(pictures::at(*decoded, 8, 56), {0, 0, 255}, 10));
    CHECK(pictures::near(pictures::at(*decoded, 56, 56), {255, 255, 255}, 10));
    CHECK(decoded->rgba[3] == 255);
  }
}

TEST_CASE("shrinking while decoding stays at or above the side that was asked for") {
  const Bytes jpeg = pictures::jpeg(pictures::photo(800, 500));
  const auto long_side = [&](int asked) {
    const auto decoded = decode(jpeg, {.at_least_long_side = asked});
    REQUIRE(decoded);
    return decoded->width;
  };
  CHECK(long_side(0) == 800);
  CHECK(long_side(800) == 800);
  CHECK(long_side(401) == 800);
  CHECK(long_side(400) == 400);
  CHECK(long_side(150) == 200);
  CHECK(long_side(10) == 100);
  CHECK(long_side(5000) == 800);
}

TEST_CASE("of an MPO, the first picture is decoded") {
  const Bytes first = pictures::jpeg(pictures::plain(32, 32, {200, 30, 30}));
  const Bytes second = pictures::jpeg(pictures::plain(32, 32, {30, 30, 200}));
  Bytes mpo = pictures::with_segment(first, 0xE2, as_bytes(std::string_view("MPF\0anything", 12)));
  mpo.insert(mpo.end(), second.begin(), second.end());
  const auto decoded = decode(mpo);
  REQUIRE(decoded);
  CHECK(pictures::near(pictures::at(*decoded, 16, 16), {200, 30, 30}, 6));
}

TEST_CASE("a JPEG cut in the middle is reported as truncated, not shown half grey") {
  const Pixels original = pictures::photo(400, 300);
  for (const bool progressive : {false, true}) {
    const Bytes whole = pictures::jpeg(original, {.progressive = progressive});
    for (const double part : {0.1, 0.35, 0.5, 0.8, 0.95}) {
      CAPTURE(part);
      CAPTURE(progressive);
      Bytes cut(whole.begin(),
                whole.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(whole.size()) * part));
      for (const int asked : {0, 100, 20}) {
        const auto decoded = decode(cut, {.at_least_long_side = asked});
        REQUIRE_FALSE(decoded);
        CHECK(decoded.error().code == ErrorCode::Truncated);
      }
    }
  }
}

TEST_CASE("a JPEG cut in the middle and closed with an end marker is truncated all the same") {
  const Bytes whole = pictures::jpeg(pictures::photo(400, 300));
  Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2));
  cut.insert(cut.end(), {0xFF, 0xD9});
  CHECK(decode(cut).error().code == ErrorCode::Truncated);
}

TEST_CASE("a JPEG that lacks nothing but its end marker is decoded") {
  for (const bool progressive : {false, true}) {
    Bytes jpeg = pictures::jpeg(pictures::photo(100, 100), {.progressive = progressive});
    const auto whole = decode(jpeg);
    jpeg.resize(jpeg.size() - 2);
    const auto decoded = decode(jpeg);
    REQUIRE(decoded);
    CHECK(decoded->rgba == whole->rgba);
  }
}

TEST_CASE("a 60,000×60,000 JPEG header is refused before anything is allocated") {
  Bytes jpeg = pictures::jpeg(pictures::photo(16, 16));
  for (std::size_t i = 0; i + 9 < jpeg.size(); ++i) {
    if (jpeg[i] != 0xFF || jpeg[i + 1] != 0xC0) continue;
    jpeg[i + 5] = jpeg[i + 7] = 60'000 >> 8;
    jpeg[i + 6] = jpeg[i + 8] = 60'000 & 255;
    break;
  }
  CHECK(decode(jpeg).error().code == ErrorCode::TooLarge);
}

TEST_CASE("a JPEG with thousands of scans is refused instead of keeping the machine busy") {
  const Bytes jpeg = pictures::jpeg(pictures::plain(64, 64, {}), {.progressive = true});
  // Repeat the last scan (a refinement, legal to repeat for a decoder) far beyond what any encoder writes.
  std::size_t scan = 0;
  for (std::size_t i = 0; i + 1 < jpeg.size(); ++i) {
    if (jpeg[i] == 0xFF && jpeg[i + 1] == 0xDA) scan = i;
  }
  Bytes hostile(jpeg.begin(), jpeg.end() - 2);
  for (int i = 0; i < 5000; ++i) {
    hostile.insert(hostile.end(), jpeg.begin() + static_cast<std::ptrdiff_t>(scan), jpeg.end() - 2);
  }
  hostile.insert(hostile.end(), {0xFF, 0xD9});
  const auto decoded = decode(hostile);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().code == ErrorCode::InvalidInput);
}

TEST_CASE("damaged JPEGs give an error or a picture, never a crash") {
  const Bytes whole = pictures::jpeg(pictures::photo(64, 48), {.restart_rows = 2});
  std::uint32_t dice = 7;
  for (int round = 0; round < 300; ++round) {
    Bytes damaged = whole;
    for (int i = 0; i < 3; ++i) {
      dice = dice * 1664525U + 1013904223U;
      damaged[(dice >> 8) % damaged.size()] = static_cast<std::uint8_t>(dice >> 24);
    }
    const auto decoded = decode(damaged);
    if (!decoded) CHECK_FALSE(decoded.error().message.empty());
  }
}
