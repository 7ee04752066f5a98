#include "shared/image/exif.hpp"

#include <doctest/doctest.h>

#include "shared/base/time.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;

TEST_CASE("orientation and date are read in both byte orders") {
  for (const bool little : {false, true}) {
    const Exif exif = read_exif(pictures::exif_block(6, "2024:05:06 07:08:09", little));
    CHECK(exif.orientation == 6);
    REQUIRE(exif.taken);
    CHECK(format_iso8601(*exif.taken) == "2024-05-06T07:08:09Z");
  }
}

TEST_CASE("orientations outside 1 to 8 count as upright") {
  for (const int value : {0, 9, 255, 65535}) CHECK(read_exif(pictures::exif_block(value)).orientation == 1);
  for (int value = 1; value <= 8; ++value) CHECK(read_exif(pictures::exif_block(value)).orientation == value);
}

TEST_CASE("an unset camera clock is no date") {
  CHECK_FALSE(read_exif(pictures::exif_block(1, "0000:00:00 00:00:00")).taken);
  CHECK_FALSE(read_exif(pictures::exif_block(1, "    :  :     :  :  ")).taken);
  CHECK_FALSE(read_exif(pictures::exif_block(1, "2024:13:01 00:00:00")).taken);
  CHECK_FALSE(read_exif(pictures::exif_block(1, "2024")).taken);
}

TEST_CASE("the known 36-byte segment with orientation 6 is what we write and read") {
  const Bytes expected = {0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 1, 0x12, 0,
                          3,    0,    0, 0,    1, 0, 6, 0, 0, 0, 0, 0,    0};
  CHECK(minimal_exif(6) == expected);
  CHECK(read_exif(expected).orientation == 6);
}

TEST_CASE("EXIF cut off anywhere is read as far as it goes, without reading past its end") {
  const Bytes whole = pictures::exif_block(8, "2024:05:06 07:08:09");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(),
                    whole.begin() + static_cast<std::ptrdiff_t>(size));  // its own allocation, for ASan
    const int orientation = read_exif(cut).orientation;
    CHECK((orientation == 1 || orientation == 8));
  }
}

TEST_CASE("hostile offsets and counts in EXIF lead nowhere") {
  Bytes block = pictures::exif_block(3, "2024:05:06 07:08:09");
  for (std::size_t i = 4; i < block.size(); ++i) {
    for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{0x7F}, std::uint8_t{0xFF}}) {
      Bytes hostile = block;
      hostile[i] = value;
      const int orientation = read_exif(hostile).orientation;
      CHECK((orientation >= 1 && orientation <= 8));
    }
  }
}

TEST_CASE("EXIF is found in JPEG, PNG and WebP, with or without JPEG's prefix") {
  const Pixels small = pictures::quarters(16, 16);
  const Bytes block = pictures::exif_block(5);
  CHECK(read_exif(find_exif(pictures::with_exif(pictures::jpeg(small), 5), Format::Jpeg)).orientation == 5);
  const Bytes png = pictures::png(4, 4, {.exif = block}, [](int, int, int) -> std::uint32_t { return 255; });
  CHECK(read_exif(find_exif(png, Format::Png)).orientation == 5);
  const Bytes simple = pictures::webp(small, true);
  CHECK(read_exif(find_exif(pictures::extended_webp(simple, 16, 16, block, {}), Format::WebP)).orientation ==
        5);
  Bytes prefixed = {'E', 'x', 'i', 'f', 0, 0};
  prefixed.insert(prefixed.end(), block.begin(), block.end());
  CHECK(
      read_exif(find_exif(pictures::extended_webp(simple, 16, 16, prefixed, {}), Format::WebP)).orientation ==
      5);
  CHECK(find_exif(pictures::jpeg(small), Format::Jpeg).empty());
}
