#include "shared/provider/multipart.hpp"

#include <doctest/doctest.h>

#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

namespace {
Media riff() { return raw_media("audio/wav", {'R', 'I', 'F', 'F'}); }
}  // namespace

TEST_CASE("a transcription form is byte for byte what goes over the wire") {
  const Body body = write_multipart("----studio7f3a",
                                    {{"model", "whisper-large-v3-turbo"},
                                     {"response_format", "verbose_json"},
                                     {"timestamp_granularities[]", "word"}},
                                    {"file", "take.wav", riff()});
  CHECK(join(body) == golden("multipart_groq.bin"));
  CHECK(size_of(body) == 409);
}

TEST_CASE("a name can't end its own quotes") {
  const std::string body = join(write_multipart("b", {}, {"file", "a\"\r\nX: y.wav", riff()}));
  CHECK(body.find("filename=\"a%22%0D%0AX: y.wav\"") != std::string::npos);
}

TEST_CASE("a form is read back as it was written") {
  const std::string body =
      join(write_multipart("b", {{"model", "m"}, {"empty", ""}}, {"file", "take.wav", riff()}));
  const Result<std::vector<FormPart>> parts = read_multipart(body, "b");
  REQUIRE(parts.has_value());
  REQUIRE(parts->size() == 3);
  CHECK((*parts)[0].name == "model");
  CHECK((*parts)[0].content == "m");
  CHECK((*parts)[1].content.empty());
  CHECK((*parts)[2].file_name == "take.wav");
  CHECK((*parts)[2].name == "file");
  CHECK((*parts)[2].mime == "audio/wav");
  CHECK((*parts)[2].content == "RIFF");
  CHECK(*boundary_of("multipart/form-data; boundary=\"a b\"") == "a b");
  CHECK(*boundary_of("multipart/form-data; charset=x; boundary=ab") == "ab");
}

TEST_CASE("a damaged form is refused, wherever it is cut") {
  const std::string body = golden("multipart_groq.bin");
  CHECK(read_multipart(body, "----studio7f3a").has_value());
  for (std::size_t end = 0; end < body.size() - 4; ++end)
    CHECK_FALSE(read_multipart(body.substr(0, end), "----studio7f3a").has_value());
  CHECK_FALSE(boundary_of("application/json").has_value());
  CHECK_FALSE(boundary_of("multipart/form-data").has_value());
}
