#include "shared/image/tones.hpp"

#include <doctest/doctest.h>

using namespace vignette;

namespace {

/// Columns of these colours, as many pixels wide as they are high.
Pixels striped(const std::vector<Colour>& colours, std::uint8_t alpha = 255) {
  const auto side = static_cast<int>(colours.size());
  Pixels out{side, side, {}};
  for (int y = 0; y < side; ++y) {
    for (const Colour& c : colours) {
      for (const std::uint8_t part : {c.red, c.green, c.blue, alpha}) out.rgba.push_back(part);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("colours have the names people give them") {
  const std::pair<Colour, const char*> kKnown[] = {
      {{0, 0, 0}, "black"},
      {{255, 255, 255}, "white"},
      {{128, 128, 128}, "grey"},
      {{60, 60, 62}, "dark grey"},
      {{205, 205, 208}, "light grey"},
      {{220, 20, 20}, "red"},
      {{110, 15, 15}, "dark red"},
      {{240, 185, 40}, "golden yellow"},
      {{240, 120, 20}, "orange"},
      {{120, 72, 30}, "brown"},
      {{222, 200, 170}, "beige"},
      {{255, 250, 150}, "light yellow"},
      {{250, 240, 20}, "yellow"},
      {{30, 150, 40}, "green"},
      {{10, 70, 25}, "dark green"},
      {{150, 230, 150}, "light green"},
      {{20, 140, 140}, "teal"},
      {{30, 70, 220}, "blue"},
      {{10, 20, 90}, "dark blue"},
      {{150, 195, 240}, "light blue"},
      {{130, 40, 170}, "purple"},
      {{255, 150, 180}, "pink"},
      {{110, 110, 20}, "olive"},
      {{245, 235, 210}, "cream"},
  };
  for (const auto& [colour, name] : kKnown) {
    CAPTURE(name);
    CHECK(colour_name(colour) == name);
  }
}

TEST_CASE("the largest share comes first, and all shares are of what is not transparent") {
  const Colour red{220, 20, 20}, blue{30, 70, 220};
  const Tones tones = tones_of(striped({blue, red, red, red}));
  REQUIRE(tones.colours.size() == 2);
  CHECK(tones.colours[0].name == "red");
  CHECK(tones.colours[0].share == doctest::Approx(0.75));
  CHECK(tones_of(striped({red, blue}, 10)).colours.empty());
}

TEST_CASE("a plain picture has no contrast and no brighter side; half black, half white has most of both") {
  const Tones plain = tones_of(striped({{90, 90, 90}, {90, 90, 90}}));
  CHECK(plain.contrast == doctest::Approx(0));
  CHECK(plain.brighter.empty());
  const Tones split = tones_of(striped({{0, 0, 0}, {255, 255, 255}}));
  CHECK(split.light == doctest::Approx(0.5).epsilon(0.01));
  CHECK(split.contrast == doctest::Approx(0.5).epsilon(0.01));
  CHECK(split.brighter == "right");
}

TEST_CASE("top and bottom are told apart, too") {
  Pixels sky{1, 2, {230, 230, 255, 255, 20, 40, 20, 255}};
  CHECK(tones_of(sky).brighter == "top");
  sky.rgba = {20, 40, 20, 255, 230, 230, 255, 255};
  CHECK(tones_of(sky).brighter == "bottom");
}

TEST_CASE("an empty picture has no tones") { CHECK(tones_of({}).colours.empty()); }
