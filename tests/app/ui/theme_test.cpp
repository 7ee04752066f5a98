#include "wasm/ui/theme.hpp"

#include <doctest/doctest.h>
#include <initializer_list>

using namespace vignette::ui;

TEST_CASE("text can be read on every surface in both themes") {
  for (const bool dark : {true, false}) {
    const Look& look = look_of(dark);
    for (const ImU32 surface : {look.bg0, look.bg1, look.bg2}) {
      for (const ImU32 ink : {look.text, look.text2, look.text3, look.warn, look.error, look.ok}) {
        INFO("dark ", dark, " ink ", ink, " on ", surface);
        CHECK(contrast(ink, surface) >= 4.5F);
      }
    }
    for (const ImU32 surface : {look.bg3, look.selected}) {
      CHECK(contrast(look.text, surface) >= 4.5F);
      CHECK(contrast(look.text2, surface) >= 4.5F);
    }
    CHECK(contrast(look.text3, look.selected) >= 3.0F);
    CHECK(contrast(look.on_accent, look.accent_fill) >= 4.5F);
    CHECK(contrast(look.on_accent, look.accent_hover) >= 4.5F);
    CHECK(contrast(look.focus, look.bg0) >= 3.0F);
    CHECK(contrast(look.focus, look.bg1) >= 3.0F);
    CHECK(contrast(look.line_strong, look.bg1) >= 3.0F);
    CHECK(contrast(look.accent, look.bg1) >= 3.0F);
  }
}

TEST_CASE("mixing goes from one colour to the other") {
  CHECK(mix(0xFF000000, 0xFFFFFFFF, 0) == 0xFF000000);
  CHECK(mix(0xFF000000, 0xFFFFFFFF, 1) == 0xFFFFFFFF);
  CHECK(faded(0xFF112233, 0) == 0x00112233);
}
