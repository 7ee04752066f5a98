#include "shared/image/strip.hpp"

#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "shared/image/probe.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;

namespace {

bool mentions(const Bytes& file, std::string_view word) {
  return as_text(file).find(word) != std::string_view::npos;
}

/// A JPEG that tells everything: EXIF, XMP, IPTC, a comment, a colour profile, and a second picture behind
/// the end.
Bytes talkative_jpeg(int orientation, bool progressive = false) {
  Bytes file = pictures::jpeg(pictures::photo(80, 60), {.progressive = progressive, .restart_rows = 1});
  file = pictures::with_segment(file, 0xED, as_bytes("Photoshop 3.0 SECRET"));
  file = pictures::with_segment(file, 0xFE, as_bytes("SECRET comment"));
  file = pictures::with_segment(file, 0xE1, as_bytes("http://ns.adobe.com/xap/1.0/ SECRET"));
  file = pictures::with_segment(file, 0xE2, as_bytes(std::string_view("ICC_PROFILE\0\x01\x01profile", 21)));
  file = pictures::with_segment(file, 0xE2, as_bytes(std::string_view("MPF\0SECRET", 10)));
  file = pictures::with_exif(file, orientation, "2024:05:06 07:08:09");
  const Bytes second =
      pictures::with_segment(pictures::jpeg(pictures::plain(8, 8, {})), 0xFE, as_bytes("SECRET tail"));
  file.insert(file.end(), second.begin(), second.end());
  return file;
}

}  // namespace

TEST_CASE("a stripped JPEG has the same pixels and profile, the same orientation, and nothing else to tell") {
  for (const bool progressive : {false, true}) {
    for (const int orientation : {1, 6, 8}) {
      const Bytes file = talkative_jpeg(orientation, progressive);
      const auto stripped = strip_metadata(file);
      REQUIRE(stripped);
      CHECK_FALSE(mentions(*stripped, "SECRET"));
      CHECK_FALSE(mentions(*stripped, "2024"));
      CHECK(mentions(*stripped, "ICC_PROFILE"));
      CHECK(mentions(*stripped, "JFIF"));
      CHECK(mentions(*stripped, "Exif") == (orientation != 1));
      CHECK(probe(*stripped)->orientation == orientation);
      CHECK(decode(*stripped)->rgba == decode(file)->rgba);
      CHECK(*strip_metadata(*stripped) == *stripped);
    }
  }
}

TEST_CASE("CMYK keeps the Adobe marker that says how its ink is stored") {
  const Bytes file =
      pictures::with_exif(pictures::jpeg(pictures::quarters(32, 32), {.kind = pictures::JpegKind::Ycck}), 3);
  const auto stripped = strip_metadata(file);
  REQUIRE(stripped);
  CHECK(decode(*stripped)->rgba == decode(file)->rgba);
}

TEST_CASE("a JFIF thumbnail is left behind") {
  Bytes file = pictures::jpeg(pictures::photo(16, 16));
  REQUIRE(file[3] == 0xE0);
  file.erase(file.begin() + 2, file.begin() + 20);
  Bytes jfif = {'J', 'F', 'I', 'F', 0, 1, 1, 1, 0, 72, 0, 72, 2, 1};
  for (const char c : std::string_view("SECRET")) jfif.push_back(static_cast<std::uint8_t>(c));
  file = pictures::with_segment(file, 0xE0, jfif);
  const auto stripped = strip_metadata(file);
  REQUIRE(stripped);
  CHECK(mentions(*stripped, "JFIF"));
  CHECK_FALSE(mentions(*stripped, "SECRET"));
  CHECK(decode(*stripped)->rgba == decode(file)->rgba);
}

TEST_CASE("a stripped PNG keeps pixels, profile and orientation") {
  const auto bytes = [](std::string_view text) { return Bytes(text.begin(), text.end()); };
  const pictures::PngRecipe recipe{.colour_type = 2,
                                   .exif = pictures::exif_block(7, "2024:05:06 07:08:09"),
                                   .extra = {{"tEXt", bytes("prompt SECRET")},
                                             {"iCCP", bytes("profile")},
                                             {"zTXt", bytes("SECRET")},
                                             {"tIME", bytes("SECRET.")},
                                             {"prVt", bytes("SECRET")}}};
  const Bytes file = pictures::png(
      12, 9, recipe, [](int x, int y, int c) { return static_cast<std::uint32_t>(x * 20 + y + c); });
  const auto stripped = strip_metadata(file);
  REQUIRE(stripped);
  CHECK_FALSE(mentions(*stripped, "SECRET"));
  CHECK_FALSE(mentions(*stripped, "2024"));
  CHECK(mentions(*stripped, "iCCP"));
  CHECK(probe(*stripped)->orientation == 7);
  CHECK(decode(*stripped)->rgba == decode(file)->rgba);
  CHECK(*strip_metadata(*stripped) == *stripped);
}

TEST_CASE("a stripped WebP keeps pixels and orientation, and its flags say what is left") {
  const Bytes simple = pictures::webp(pictures::photo(40, 30), false);
  for (const int orientation : {1, 5}) {
    const Bytes file = pictures::extended_webp(
        simple, 40, 30, pictures::exif_block(orientation, "2024:05:06 07:08:09"), as_bytes("SECRET"));
    const auto stripped = strip_metadata(file);
    REQUIRE(stripped);
    CHECK_FALSE(mentions(*stripped, "SECRET"));
    CHECK_FALSE(mentions(*stripped, "2024"));
    CHECK((*stripped)[20] == (orientation == 1 ? 0 : 8));
    CHECK(read_u32le(*stripped, 4) + 8 == stripped->size());
    CHECK(probe(*stripped)->orientation == orientation);
    CHECK(decode(*stripped)->rgba == decode(file)->rgba);
  }
  CHECK(*strip_metadata(simple) == simple);
}

TEST_CASE("other formats come back as they are") {
  const Bytes gif = pictures::gif(8, 8, {1});
  CHECK(*strip_metadata(gif) == gif);
}

TEST_CASE("files cut short are refused rather than made to look whole") {
  const Bytes jpeg = pictures::jpeg(pictures::photo(80, 60));
  CHECK(strip_metadata(ByteView(jpeg).first(jpeg.size() / 2)).error().code == ErrorCode::Truncated);
  const Bytes png = pictures::png(pictures::photo(80, 60));
  CHECK(strip_metadata(ByteView(png).first(png.size() / 2)).error().code == ErrorCode::Truncated);
  const Bytes webp = pictures::webp(pictures::photo(80, 60), true);
  CHECK(strip_metadata(ByteView(webp).first(webp.size() / 2)).error().code == ErrorCode::Truncated);
}
