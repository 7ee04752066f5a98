#include "shared/local/detect.hpp"

#include <doctest/doctest.h>

#include "tests/shared/local/small_network.hpp"

using namespace vignette;
using namespace vignette::local;
using vignette::testing::network_file;

namespace {

/// One pixel, three anchors (top, left, bottom, right), three labels of which the first is nothing. The
/// picture plays no part: all weights are zero, and the biases say what is found.
Result<Network> finding(const std::vector<float>& codes, const std::vector<float>& scores) {
  std::vector<float> numbers(3 * 12);
  numbers.insert(numbers.end(), codes.begin(), codes.end());
  numbers.resize(numbers.size() + 3 * 9);
  numbers.insert(numbers.end(), scores.begin(), scores.end());
  const std::vector<float> anchors = {0, 0, 0.5, 0.5, 0, 0, 0.5, 0.5, 0.5, 0.5, 1, 1};
  numbers.insert(numbers.end(), anchors.begin(), anchors.end());
  return Network::read(network_file(
      R"({"height": 1, "width": 1, "labels": ["", "cat", "dog"], "outputs": [1, 2], "tables": {"anchors": [84, 12]},
          "steps": [{"do": "convolve", "from": 0, "channels": 12, "weights": 0, "bias": 36},
                    {"do": "convolve", "from": 0, "channels": 9, "weights": 48, "bias": 75}]})",
      numbers));
}

const Pixels kGrey{1, 1, {128, 128, 128, 255}};
const std::vector<float> kStill(12, 0);

}  // namespace

TEST_CASE("boxes that cover each other are one thing, the surer one; other kinds and other places stay") {
  const auto network = finding(kStill, {0, 2, -9, 0, 1, -9, 0, -9, 3});
  REQUIRE(network);
  const auto found = detect(*network, kGrey, 0.5F);
  REQUIRE(found.size() == 2);
  CHECK(found[0].label == "dog");
  CHECK(found[0].left == doctest::Approx(0.5));
  CHECK(found[1].label == "cat");
  CHECK(found[1].score == doctest::Approx(0.8808));
  CHECK(found[1].width == doctest::Approx(0.5));
}

TEST_CASE("what is not sure enough is not told") {
  const auto network = finding(kStill, {9, -1, -2, 9, -3, -1, 9, -3, -4});
  REQUIRE(network);
  CHECK(detect(*network, kGrey, 0.5F).empty());
}

TEST_CASE("a box is moved and stretched by what the network says, and ends at the edge of the picture") {
  // A whole anchor down and right would be 10; e^(5·0.6931/5) is twice as large.
  const auto network =
      finding({5, 5, 0, 0, 0, 0, 3.46484375, 0, -20, 0, 0, 0}, {0, 3, -9, 0, -9, 2, 0, 1, -9});
  REQUIRE(network);
  const auto found = detect(*network, kGrey, 0.5F);
  REQUIRE(found.size() == 3);
  CHECK(found[0].left == doctest::Approx(0.25));
  CHECK(found[0].top == doctest::Approx(0.25));
  CHECK(found[1].label == "dog");
  CHECK(found[1].top == 0);
  CHECK(found[1].height == doctest::Approx(0.75).epsilon(0.01));  // a quarter of it is outside
  CHECK(found[2].top == 0);
  CHECK(found[2].height == 0);
}
