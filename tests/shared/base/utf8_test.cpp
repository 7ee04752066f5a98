#include "shared/base/utf8.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <vector>

using namespace vignette;

TEST_CASE("a leading byte-order mark goes and invalid bytes become U+FFFD") {
  bool repaired = true;
  CHECK(to_utf8("\xEF\xBB\xBFok", &repaired) == "ok");
  CHECK_FALSE(repaired);
  CHECK(to_utf8("a\xFF"
                "b",
                &repaired) ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(repaired);
}

TEST_CASE("overlong forms, surrogates and cut sequences are not UTF-8") {
  CHECK(is_utf8("gr\xC3\xBC\xC3\x9F 日本 🙂"));
  CHECK_FALSE(is_utf8("\xC0\xAF"));
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
  CHECK_FALSE(is_utf8("\xE6\x97"));
}

TEST_CASE("every code point survives a round trip") {
  for (const char32_t c : {U'a', U'\u00e9', U'\u65e5', U'\U0001F642', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    CHECK(next_code_point(text, at) == c);
    CHECK(at == text.size());
  }
}

TEST_CASE("characters count code points, words count runs between white space") {
  CHECK(count_characters("日本語") == 3);
  CHECK(count_characters("a\r\nb") == 3);
  CHECK(count_words("  one two\n three ") == 3);
  CHECK(count_words("") == 0);
}

TEST_CASE("natural order puts img2 before img10 and ignores case") {
  std::vector<std::string> names{"img10.jpg", "IMG2.jpg", "img1.jpg", "b/a.png", "a/z.png", "img02.jpg"};
  std::sort(names.begin(), names.end(), natural_less);
  CHECK(names ==
        std::vector<std::string>{"a/z.png", "b/a.png", "img1.jpg", "IMG2.jpg", "img02.jpg", "img10.jpg"});
}
