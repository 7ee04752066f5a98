#include "wasm/ui/text_class.hpp"

#include <doctest/doctest.h>

using vignette::ui::classify;
using vignette::ui::TextClass;

TEST_CASE("what ImGui can draw letter by letter is simple") {
  for (const char* text : {"", "a red vase", "Füße, Ærø, ñandú", "Ελληνικά", "Кириллица", "赤い花瓶",
                           "한국어", "→ … “x” ×", "🌸 flower"}) {
    INFO(text);
    CHECK(classify(text) == TextClass::Simple);
  }
}

TEST_CASE("scripts that join, reorder or run to the left are complex") {
  for (const char* text : {"مزهرية", "אגרטל", "फूलदान", "แจกัน", "ပန်းအိုး", "ថូ", "a vase مزهرية"}) {
    INFO(text);
    CHECK(classify(text) == TextClass::Complex);
  }
}

TEST_CASE("signs made of several code points are complex") {
  for (const char* text : {"👩‍🎨", "🇩🇪", "👍🏽", "❤️", "e\u0301", "1️⃣"}) {
    INFO(text);
    CHECK(classify(text) == TextClass::Complex);
  }
}

TEST_CASE("bytes that are not UTF-8 do not break it") {
  CHECK(classify("\xFF\xFE\xF0") == TextClass::Simple);
  CHECK(classify(std::string_view("\xE0", 1)) == TextClass::Simple);
}
