#include "shared/provider/media.hpp"

#include <doctest/doctest.h>

#include "shared/base/base64.hpp"
#include "shared/provider/body_writer.hpp"
#include "shared/provider/embedding.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

TEST_CASE("a picture in a body is referenced, counted exactly and written in parts") {
  for (const std::size_t size : {0, 1, 2, 3, 100, 40'000}) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
    const Media media = raw_media("image/png", bytes);
    BodyWriter writer;
    writer.json.open_object().key("a");
    writer.data_url(media);
    writer.json.key("b");
    writer.base64(media);
    writer.json.close_object();
    const Body body = writer.finish();
    CHECK(body[1].data.text.data() == media.data.text.data());  // the very same bytes
    const std::string expected = "{\"a\":\"data:image/png;base64," + encode_base64(bytes) + "\",\"b\":\"" +
                                 encode_base64(bytes) + "\"}";
    CHECK(join(body) == expected);
    CHECK(size_of(body) == expected.size());
    for (const std::size_t part : {1, 13, 1000}) {
      BodyReader reader(body, part);
      std::string whole;
      for (std::string_view each = reader.next(); !each.empty(); each = reader.next()) whole += each;
      CHECK(whole == expected);
    }
  }
}

TEST_CASE("base64 that arrived is passed on as it is, or turned back into bytes") {
  const Media media = *media_from_url(share("data:image/jpg;base64,/9j/"));
  CHECK(media.mime == "image/jpeg");
  CHECK(raw_size(media) == 3);
  CHECK(join(raw_body(media)) == "\xFF\xD8\xFF");
  CHECK(size_of(raw_body(media)) == 3);
}

TEST_CASE("a data: URL or address that could break out of the body is refused") {
  for (const std::string url :
       {"data:image/png;base64,AA\"A", "data:image/png;base64,AAA", "data:image/png;base64,",
        "data:image/\"x;base64,AAAA", "data:image/png,AAAA", "http://a/b.png", "https://a/\"b",
        "file:///etc/passwd", "AAAA", "data:image/png;base64,====", ""}) {
    CAPTURE(url);
    CHECK_FALSE(media_from_url(share(url)).has_value());
  }
}

TEST_CASE("embeddings travel as little-endian floats") {
  const std::vector<float> values = {0.5F, -1.0F, 0.25F};
  CHECK(base64_from_floats(values) == "AAAAPwAAgL8AAIA+");
  CHECK(*floats_from_base64("AAAAPwAAgL8AAIA+") == values);
  CHECK_FALSE(floats_from_base64("AAAA").has_value());
}

TEST_CASE("files are known by their first bytes") {
  CHECK(
      sniff_mime(as_text(*decode_base64(
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC"))) ==
      "image/png");
  CHECK(sniff_mime("RIFF\x28\0\0\0WAVEfmt ") == "");
  CHECK(sniff_mime(std::string("RIFF\x28\0\0\0WAVEfmt ", 16)) == "audio/wav");
  CHECK(sniff_mime("\xFF\xD8\xFF\xE0") == "image/jpeg");
  CHECK(sniff_mime("<html>") == "");
  CHECK(sniff_mime("") == "");
}
