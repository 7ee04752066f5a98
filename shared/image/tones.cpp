#include "shared/image/tones.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

// Colours are named in Oklab's polar form (B. Ottosson, 2020): lightness, strength and hue there change as
// the eye says they do, so plain limits on them cut the colours about where words do.

namespace vignette {
namespace {

struct Polar {
  float lightness = 0;  ///< 0…1
  float chroma = 0;     ///< 0 is grey; the strongest colour of a screen has about 0.32
  float hue = 0;        ///< degrees: red is near 29, yellow 110, green 142, blue 264
};

const std::array<float, 256>& linear_light() {
  static const std::array<float, 256> table = [] {
    std::array<float, 256> out{};
    for (std::size_t i = 0; i < 256; ++i) {
      const float coded = static_cast<float>(i) / 255;
      out[i] = coded <= 0.04045F ? coded / 12.92F : std::pow((coded + 0.055F) / 1.055F, 2.4F);
    }
    return out;
  }();
  return table;
}

Polar polar_of(Colour colour) {
  const auto& light = linear_light();
  const float r = light[colour.red], g = light[colour.green], b = light[colour.blue];
  const float l = std::cbrt(0.4122214708F * r + 0.5363325363F * g + 0.0514459929F * b);
  const float m = std::cbrt(0.2119034982F * r + 0.6806995451F * g + 0.1073969566F * b);
  const float s = std::cbrt(0.0883024619F * r + 0.2817188376F * g + 0.6299787005F * b);
  const float a = 1.9779984951F * l - 2.4285922050F * m + 0.4505937099F * s;
  const float c = 0.0259040371F * l + 0.7827717662F * m - 0.8086757660F * s;
  constexpr float kDegrees = 57.29577951F;
  const float hue = std::atan2(c, a) * kDegrees;
  return {0.2104542553F * l + 0.7936177850F * m - 0.0040720468F * s, std::hypot(a, c),
          hue < 0 ? hue + 360 : hue};
}

const char* grey_name(float lightness) {
  if (lightness < 0.22F) return "black";
  if (lightness < 0.45F) return "dark grey";
  if (lightness < 0.72F) return "grey";
  return lightness < 0.92F ? "light grey" : "white";
}

/// A hue's share of the circle, up to `below`, and what it is called when dark, in between, and light.
struct Hue {
  float below;
  const char* dark;
  const char* middle;
  const char* light;
  float dark_below, light_above;
};
constexpr Hue kHues[] = {
    {12, "dark red", "pink", "pink", 0.42F, 0.70F},
    {40, "dark red", "red", "pink", 0.45F, 0.74F},
    {72, "brown", "orange", "beige", 0.62F, 0.84F},
    {100, "brown", "golden yellow", "cream", 0.58F, 0.88F},
    {118, "olive", "yellow", "light yellow", 0.68F, 0.965F},
    {165, "dark green", "green", "light green", 0.45F, 0.80F},
    {215, "dark teal", "teal", "turquoise", 0.42F, 0.74F},
    {285, "dark blue", "blue", "light blue", 0.40F, 0.72F},
    {330, "dark purple", "purple", "lilac", 0.36F, 0.74F},
    {361, "dark red", "pink", "pink", 0.36F, 0.74F},
};

const char* name_of(const Polar& colour) {
  // The darker or the lighter, the less a tint is seen.
  if (colour.lightness < 0.18F || colour.lightness > 0.985F) return grey_name(colour.lightness);
  if (colour.chroma < 0.032F) return grey_name(colour.lightness);
  const Hue& hue = *std::find_if(std::begin(kHues), std::end(kHues),
                                 [&](const Hue& each) { return colour.hue < each.below; });
  if (colour.lightness < hue.dark_below) return hue.dark;
  // A weak orange or yellow is what people call beige or cream.
  const bool earthy = hue.below == 72 || hue.below == 100;
  if (earthy && colour.chroma < 0.09F && colour.lightness > 0.68F)
    return colour.lightness > 0.9F ? "cream" : "beige";
  return colour.lightness > hue.light_above ? hue.light : hue.middle;
}

/// The side that is lighter than the one across from it by more than the eye forgives.
std::string brighter_side(const std::array<double, 4>& halves) {
  static constexpr const char* kNames[] = {"left", "right", "top", "bottom"};
  constexpr double kClearly = 0.08;
  const double across = halves[0] - halves[1], down = halves[2] - halves[3];
  if (std::max(std::abs(across), std::abs(down)) < kClearly) return "";
  if (std::abs(across) >= std::abs(down)) return kNames[across > 0 ? 0 : 1];
  return kNames[down > 0 ? 2 : 3];
}

}  // namespace

std::string colour_name(Colour colour) { return name_of(polar_of(colour)); }

Tones tones_of(const Pixels& pixels) {
  std::map<std::string_view, std::size_t> counts;
  std::array<double, 4> sums{};
  std::array<std::size_t, 4> parts{};
  double sum = 0, squares = 0;
  std::size_t seen = 0;
  for (int y = 0; y < pixels.height; ++y) {
    for (int x = 0; x < pixels.width; ++x) {
      const std::uint8_t* p =
          pixels.rgba.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) +
                                static_cast<std::size_t>(x)) *
                                   4;
      if (p[3] < 128) continue;
      const Polar colour = polar_of({p[0], p[1], p[2]});
      ++counts[name_of(colour)];
      const double light = static_cast<double>(colour.lightness);
      ++seen;
      sum += light;
      squares += light * light;
      for (const std::size_t side : {x * 2 < pixels.width ? 0U : 1U, y * 2 < pixels.height ? 2U : 3U}) {
        sums[side] += light;
        ++parts[side];
      }
    }
  }
  Tones out;
  if (seen == 0) return out;
  const auto all = static_cast<double>(seen);
  for (const auto& [name, count] : counts)
    out.colours.push_back({std::string(name), static_cast<double>(count) / all});
  std::sort(out.colours.begin(), out.colours.end(),
            [](const auto& a, const auto& b) { return a.share > b.share; });
  out.light = sum / all;
  out.contrast = std::sqrt(std::max(0.0, squares / all - out.light * out.light));
  for (std::size_t i = 0; i < 4; ++i)
    sums[i] = parts[i] == 0 ? out.light : sums[i] / static_cast<double>(parts[i]);
  out.brighter = brighter_side(sums);
  return out;
}

}  // namespace vignette
