#include "shared/local/network.hpp"

#include <doctest/doctest.h>

#include "shared/local/classify.hpp"
#include "tests/shared/local/small_network.hpp"

using namespace vignette;
using namespace vignette::local;
using vignette::testing::network_file;

namespace {

/// Three labels; each score is the mean of a colour, doubled.
const char* kColours = R"({"height": 2, "width": 2, "labels": ["red", "green", "blue"], "outputs": [2],
  "steps": [{"do": "mean", "from": 0},
            {"do": "convolve", "from": 1, "channels": 3, "weights": 0, "bias": 9}]})";
const std::vector<float> kDoubled = {2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0};

Pixels plain(int width, int height, Colour colour) {
  Pixels out{width, height, {}};
  for (int i = 0; i < width * height; ++i) {
    for (const std::uint8_t part : {colour.red, colour.green, colour.blue, std::uint8_t{255}})
      out.rgba.push_back(part);
  }
  return out;
}

}  // namespace

TEST_CASE("a network does its steps in order and gives what it calls its outputs") {
  const Bytes file = network_file(R"({"height": 1, "width": 2, "outputs": [1, 3], "steps": [
      {"do": "convolve", "from": 0, "channels": 4, "weights": 0, "bias": 12},
      {"do": "depthwise", "from": 1, "weights": 16, "bias": 20},
      {"do": "add", "from": 2, "and": 1}]})",
                                  {1, 0, 0, 1,   0,  1,  0,  1,  0, 0, 1, 1,  // sums, and the three channels
                                   0, 0, 0, 0.5, 10, 10, 10, 10, 1, 2, 3, 4});
  const auto network = Network::read(file);
  REQUIRE(network);
  const auto out = network->run({1, 2, 3, 0, 0, 0});
  REQUIRE(out.size() == 2);
  CHECK(out[0].values == std::vector<float>{1, 2, 3, 6.5, 0, 0, 0, 0.5});
  CHECK(out[1].values == std::vector<float>{12, 24, 36, 75.5, 1, 2, 3, 9.5});
  CHECK(out[1].width == 2);
}

TEST_CASE("the likeliest label comes first, and all of them add up to one") {
  const auto network = Network::read(network_file(kColours, kDoubled));
  REQUIRE(network);
  const auto seen = classify(*network, plain(7, 5, {10, 200, 90}), 9);
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].label == "green");
  CHECK(seen[1].label == "blue");
  CHECK(seen[0].probability + seen[1].probability + seen[2].probability == doctest::Approx(1));
  CHECK(seen[0].probability > 0.5F);
}

TEST_CASE("what is looked at is the middle in its own proportions, or all of it squeezed") {
  Pixels wide = plain(6, 2, {255, 0, 0});
  for (int y = 0; y < 2; ++y) {
    for (int x = 2; x < 4; ++x) wide.rgba[static_cast<std::size_t>(y * 6 + x) * 4 + 2] = 255;
  }
  const auto middle = input_of(wide, 2, 2, false);
  REQUIRE(middle.size() == 12);
  for (std::size_t i = 0; i < 12; i += 3) CHECK(middle[i + 2] == 1);
  const auto squeezed = input_of(wide, 2, 2, true);
  CHECK(squeezed[2] < 0.5F);
}

TEST_CASE("what is transparent is seen as white") {
  Pixels clear = plain(2, 2, {0, 0, 0});
  for (std::size_t i = 3; i < clear.rgba.size(); i += 4) clear.rgba[i] = 0;
  CHECK(input_of(clear, 2, 2, true) == std::vector<float>(12, 1.0F));
}

TEST_CASE("a file that is cut off anywhere is refused, with a sentence") {
  const Bytes whole = network_file(kColours, kDoubled);
  REQUIRE(Network::read(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto read = Network::read(ByteView(whole).first(size));
    REQUIRE_FALSE(read);
    CHECK(read.error().message.starts_with("The file of the model is damaged"));
  }
}

TEST_CASE("steps that make no sense are refused") {
  const auto with = [](const std::string& step) {
    return Network::read(network_file(R"({"height": 2, "width": 2, "outputs": [1], "steps": [)" + step + "]}",
                                      std::vector<float>(64, 1)));
  };
  REQUIRE(with(R"({"do": "convolve", "from": 0, "channels": 4, "weights": 0, "bias": 12})"));
  for (const char* step : {
           R"({"do": "guess", "from": 0})",
           R"({"do": "mean", "from": 1})",
           R"({"do": "mean", "from": -1})",
           R"({"do": "convolve", "from": 0, "channels": 0, "weights": 0, "bias": 0})",
           R"({"do": "convolve", "from": 0, "channels": 4, "weights": 60, "bias": 12})",
           R"({"do": "convolve", "from": 0, "channels": 4, "weights": 0, "bias": 61})",
           R"({"do": "convolve", "from": 0, "channels": 4, "kernel": 99, "weights": 0, "bias": 0})",
           R"({"do": "convolve", "from": 0, "channels": 99999999, "weights": 0, "bias": 0})",
           R"({"do": "depthwise", "from": 0, "weights": 0, "bias": 0})",
           R"({"do": "add", "from": 0, "and": 7})",
           R"({"do": "add", "from": 0})",
       }) {
    CAPTURE(step);
    CHECK_FALSE(with(step));
  }
}

TEST_CASE("outputs, sizes and tables that are not there are refused") {
  for (
      const char* header : {
          R"({})",
          R"({"height": 0, "width": 2, "outputs": [1], "steps": [{"do": "mean", "from": 0}]})",
          R"({"height": 2, "width": 2, "outputs": [], "steps": [{"do": "mean", "from": 0}]})",
          R"({"height": 2, "width": 2, "outputs": [0], "steps": [{"do": "mean", "from": 0}]})",
          R"({"height": 2, "width": 2, "outputs": [2], "steps": [{"do": "mean", "from": 0}]})",
          R"({"height": 2, "width": 2, "outputs": [1], "steps": [{"do": "mean", "from": 0}], "tables": {"a": [0, 9]}})",
          R"({"height": 2, "width": 2, "outputs": [1], "steps": [{"do": "mean", "from": 0}], "tables": {"a": 3}})",
      }) {
    CAPTURE(header);
    CHECK_FALSE(Network::read(network_file(header, {1, 2})));
  }
}
