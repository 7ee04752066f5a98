#include "shared/image/format.hpp"

#include <doctest/doctest.h>

#include "tests/shared/image/pictures.hpp"

using namespace vignette;

TEST_CASE("every kind of picture is recognised by its first bytes") {
  const Pixels small = pictures::quarters(8, 8);
  CHECK(sniff(pictures::jpeg(small)) == Format::Jpeg);
  CHECK(sniff(pictures::png(small)) == Format::Png);
  CHECK(sniff(pictures::gif(8, 8, {1})) == Format::Gif);
  CHECK(sniff(pictures::bmp(small)) == Format::Bmp);
  CHECK(sniff(pictures::webp(small, true)) == Format::WebP);
  CHECK(sniff(pictures::psd(small)) == Format::Psd);
  CHECK(sniff(pictures::ppm(small)) == Format::Pnm);
  CHECK(sniff(pictures::hdr(small)) == Format::Hdr);
  CHECK(sniff(as_bytes(std::string_view("II*\0\x08\0\0\0", 8))) == Format::Tiff);
  CHECK(sniff(as_bytes(std::string_view("MM\0*\0\0\0\x08", 8))) == Format::Tiff);
  CHECK(sniff(as_bytes("\xFF\x0A\x12\x34")) == Format::Jxl);
  CHECK(sniff(as_bytes(std::string_view("\0\0\0\x0CJXL \r\n\x87\n", 12))) == Format::Jxl);
}

TEST_CASE("AVIF and HEIC are told apart by their brands, also when the major brand is the common one") {
  CHECK(sniff(as_bytes(std::string_view("\0\0\0\x1C"
                                        "ftypavif\0\0\0\0mif1miaf",
                                        24))) == Format::Avif);
  CHECK(sniff(as_bytes(std::string_view("\0\0\0\x1C"
                                        "ftypmif1\0\0\0\0miafavif",
                                        24))) == Format::Avif);
  CHECK(sniff(as_bytes(std::string_view("\0\0\0\x18"
                                        "ftypheic\0\0\0\0mif1heic",
                                        24))) == Format::Heic);
  CHECK(sniff(as_bytes(std::string_view("\0\0\0\x18"
                                        "ftypmif1\0\0\0\0mif1heic",
                                        24))) == Format::Heic);
  CHECK(sniff(as_bytes(std::string_view("\0\0\0\x18"
                                        "ftypisom\0\0\0\0mp41avc1",
                                        24))) == Format::Unknown);
}

TEST_CASE("a TGA needs its name, and a plausible header") {
  const Bytes tga = pictures::tga(pictures::quarters(8, 8));
  CHECK(sniff(tga) == Format::Unknown);
  CHECK(sniff(tga, "Texture.TGA") == Format::Tga);
  CHECK(sniff(as_bytes("a text that somebody called .tga"), "notes.tga") == Format::Unknown);
}

TEST_CASE("texts that begin like a picture are not pictures") {
  CHECK(sniff(as_bytes("BMW is a car maker, not a bitmap at all")) == Format::Unknown);
  CHECK(sniff(as_bytes("P5x")) == Format::Unknown);
  CHECK(sniff(as_bytes("")) == Format::Unknown);
  CHECK(sniff(as_bytes("\xFF\xD8")) == Format::Unknown);
}

TEST_CASE("every format that we cannot decode says what to do instead") {
  for (const Format format : {Format::Unknown, Format::Avif, Format::Heic, Format::Tiff, Format::Jxl}) {
    CAPTURE(name_of(format));
    CHECK(decoder_of(format) != DecodedBy::Us);
    CHECK_FALSE(cannot_decode(format).message.empty());
    CHECK_FALSE(cannot_decode(format).hint.empty());
  }
  CHECK(decoder_of(Format::Avif) == DecodedBy::Browser);
  CHECK(mime_of(Format::Jpeg) == std::string_view("image/jpeg"));
  CHECK(extension_of(Format::Tiff) == std::string_view("tif"));
}
