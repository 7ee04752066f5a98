#include "shared/local/classify.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "shared/image/resize.hpp"

namespace vignette::local {

std::vector<float> input_of(const Pixels& pixels, int height, int width, bool whole) {
  Pixels part = pixels;
  flatten(part);
  if (!whole) {
    // The largest part of the wanted proportions, from the middle.
    const double scale =
        std::min(static_cast<double>(part.width) / width, static_cast<double>(part.height) / height);
    const int wide = std::max(1, static_cast<int>(std::lround(width * scale)));
    const int high = std::max(1, static_cast<int>(std::lround(height * scale)));
    part = crop(part, (part.width - wide) / 2, (part.height - high) / 2, wide, high);
  }
  if (part.width != width || part.height != height) part = resize(part, width, height);
  std::vector<float> out;
  out.reserve(part.rgba.size() / 4 * 3);
  for (std::size_t i = 0; i + 3 < part.rgba.size(); i += 4) {
    for (std::size_t c = 0; c < 3; ++c) out.push_back(static_cast<float>(part.rgba[i + c]) / 127.5F - 1);
  }
  return out;
}

std::vector<Likely> classify(const Network& network, const Pixels& pixels, std::size_t most) {
  std::vector<float> scores =
      network.run(input_of(pixels, network.height(), network.width(), false)).front().values;
  const float highest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& score : scores) sum += score = std::exp(score - highest);
  std::vector<std::size_t> order(std::min(scores.size(), network.labels().size()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  most = std::min(most, order.size());
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(most);
  std::partial_sort(order.begin(), end, order.end(),
                    [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  std::vector<Likely> out;
  for (auto at = order.begin(); at != end; ++at)
    out.push_back({network.labels()[*at], scores[*at] / sum, *at});
  return out;
}

}  // namespace vignette::local
