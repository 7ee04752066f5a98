#include "tests/emulator/senses/colours.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace vignette::emulator {

const std::vector<NamedColour>& palette() {
  static const std::vector<NamedColour> colours = {
      {"black", {0, 0, 0}},       {"white", {255, 255, 255}}, {"grey", {128, 128, 128}},
      {"red", {220, 20, 30}},     {"orange", {250, 140, 0}},  {"yellow", {250, 230, 30}},
      {"green", {30, 160, 50}},   {"cyan", {0, 200, 220}},    {"blue", {30, 60, 220}},
      {"purple", {130, 30, 170}}, {"pink", {250, 150, 190}},  {"brown", {120, 70, 30}}};
  return colours;
}

namespace {

std::size_t search_nearest(int red, int green, int blue) {
  std::size_t best = 0;
  int best_distance = 1 << 30;
  for (std::size_t i = 0; i < palette().size(); ++i) {
    const Colour c = palette()[i].rgb;
    const int dr = red - c.red, dg = green - c.green, db = blue - c.blue;
    const int distance = 3 * dr * dr + 4 * dg * dg + 2 * db * db;  // roughly how much the eye minds
    if (distance < best_distance) {
      best_distance = distance;
      best = i;
    }
  }
  return best;
}

}  // namespace

std::size_t nearest_colour(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  // Every pixel asks, so the answers for 5 bits a channel are kept.
  static const std::array<std::uint8_t, 32 * 32 * 32> table = [] {
    std::array<std::uint8_t, 32 * 32 * 32> made{};
    for (int i = 0; i < 32 * 32 * 32; ++i)
      made[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(
          search_nearest((i >> 10) * 255 / 31, ((i >> 5) & 31) * 255 / 31, (i & 31) * 255 / 31));
    return made;
  }();
  return table[static_cast<std::size_t>(((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3))];
}

std::vector<Colour> colours_in(std::string_view text) {
  std::vector<Colour> found;
  std::string word;
  const auto finish = [&] {
    if (word == "gray") word = "grey";
    for (const NamedColour& named : palette()) {
      const auto same = [&](const Colour& c) {
        return c.red == named.rgb.red && c.green == named.rgb.green && c.blue == named.rgb.blue;
      };
      if (word == named.name && std::none_of(found.begin(), found.end(), same)) found.push_back(named.rgb);
    }
    word.clear();
  };
  for (const char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      finish();
    }
  }
  finish();
  return found;
}

}  // namespace vignette::emulator
