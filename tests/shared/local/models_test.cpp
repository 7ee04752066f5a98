#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <optional>

#include "shared/local/classify.hpp"
#include "shared/local/detect.hpp"

// The real weights, held against what TensorFlow.js 4.22 made of the same picture with the packages' own
// files in full precision. Without deploy/setup having fetched them there is nothing to hold, and it says so.

using namespace vignette;
using namespace vignette::local;

namespace {

std::optional<Network> network_named(const std::string& name) {
  std::ifstream in(std::string(VIGNETTE_MODELS) + "/" + name, std::ios::binary);
  if (!in) {
    MESSAGE("skipped: there is no " << name << "; deploy/setup could not fetch it");
    return std::nullopt;
  }
  const Bytes file{std::istreambuf_iterator<char>(in), {}};
  Result<Network> read = Network::read(file);
  REQUIRE_MESSAGE(read, (read ? "" : read.error().message));
  return std::move(*read);
}

/// Stripes, ripples and squares, the same wherever they are computed.
Pixels pattern(int side) {
  Pixels out{side, side, {}};
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      for (const int part : {x * 3 + y, x * y, ((x >> 4) ^ (y >> 4)) * 16})
        out.rgba.push_back(static_cast<std::uint8_t>(part % 256));
      out.rgba.push_back(255);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("MobileNet names the pattern as the reference does, to the third decimal") {
  const auto network = network_named("mobilenet.bin");
  if (!network) return;
  CHECK(network->labels().size() == 1001);
  const auto seen = classify(*network, pattern(224), 4);
  const Likely expected[] = {{"Windsor tie", 0.33855F},
                             {"mosquito net", 0.32432F},
                             {"window screen", 0.08485F},
                             {"honeycomb", 0.03873F}};
  // The numbers behind the kinds (kinds.cpp) are those of this list.
  for (const auto& [number, label] :
       {std::pair(163, "beagle"), std::pair(282, "tabby"), std::pair(340, "sorrel"),
        std::pair(671, "motor scooter"), std::pair(969, "cup")})
    CHECK(network->labels()[static_cast<std::size_t>(number)] == label);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(seen[i].label == expected[i].label);
    CHECK(seen[i].probability == doctest::Approx(expected[i].probability).epsilon(0.02));
  }
}

TEST_CASE("the detector finds in the pattern what the reference finds, in the same place") {
  const auto network = network_named("coco.bin");
  if (!network) return;
  CHECK(network->table("anchors").size() == 1917U * 4U);
  const auto found = detect(*network, pattern(300), 0.25F);
  REQUIRE_FALSE(found.empty());
  CHECK(found[0].label == "couch");
  CHECK(found[0].score == doctest::Approx(0.46671F).epsilon(0.02));
  CHECK(found[0].top == doctest::Approx(0.0069).epsilon(0.01));
  CHECK(found[0].left == doctest::Approx(0.0017).epsilon(0.01));
  CHECK(found[0].top + found[0].height == doctest::Approx(0.9909).epsilon(0.01));
  CHECK(found[0].left + found[0].width == doctest::Approx(0.9792).epsilon(0.01));
}
