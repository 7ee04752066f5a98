#include "shared/local/detect.hpp"

#include <algorithm>
#include <cmath>

#include "shared/local/classify.hpp"

namespace vignette::local {
namespace {

constexpr std::size_t kMost = 30;
constexpr float kSameThing = 0.5F;
// By how much the network's numbers were blown up when it was trained.
constexpr float kPlaceScale = 10, kSizeScale = 5;

float likely(float score) { return 1 / (1 + std::exp(-score)); }

float overlap(const Found& a, const Found& b) {
  const float width = std::min(a.left + a.width, b.left + b.width) - std::max(a.left, b.left);
  const float height = std::min(a.top + a.height, b.top + b.height) - std::max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const float both = width * height;
  return both / (a.width * a.height + b.width * b.height - both);
}

/// `anchor`: top, left, bottom, right. `code`: how far down, how far right, how much higher, how much wider.
Found placed(const float* anchor, const float* code) {
  const float anchor_height = anchor[2] - anchor[0], anchor_width = anchor[3] - anchor[1];
  const float y = anchor[0] + anchor_height / 2 + code[0] / kPlaceScale * anchor_height;
  const float x = anchor[1] + anchor_width / 2 + code[1] / kPlaceScale * anchor_width;
  const float height = std::exp(code[2] / kSizeScale) * anchor_height;
  const float width = std::exp(code[3] / kSizeScale) * anchor_width;
  Found out;
  out.left = std::clamp(x - width / 2, 0.0F, 1.0F);
  out.top = std::clamp(y - height / 2, 0.0F, 1.0F);
  out.width = std::clamp(x + width / 2, 0.0F, 1.0F) - out.left;
  out.height = std::clamp(y + height / 2, 0.0F, 1.0F) - out.top;
  return out;
}

}  // namespace

std::vector<Found> detect(const Network& network, const Pixels& pixels, float least_score) {
  const std::vector<float>& anchors = network.table("anchors");
  const std::size_t labels = network.labels().size();
  if (labels < 2) return {};
  const std::vector<Tensor> maps = network.run(input_of(pixels, network.height(), network.width(), true));
  std::vector<Found> all;
  std::size_t anchor = 0;
  for (std::size_t m = 0; m + 1 < maps.size(); m += 2) {
    const std::vector<float>& codes = maps[m].values;
    const std::vector<float>& scores = maps[m + 1].values;
    const std::size_t boxes = std::min(codes.size() / 4, scores.size() / labels);
    for (std::size_t i = 0; i < boxes && (anchor + 1) * 4 <= anchors.size(); ++i, ++anchor) {
      const float* of_box = scores.data() + i * labels;
      const auto best =
          static_cast<std::size_t>(std::max_element(of_box + 1, of_box + labels) - of_box);  // 0 is "nothing"
      const float score = likely(of_box[best]);
      if (score < least_score || network.labels()[best].empty()) continue;
      Found found = placed(anchors.data() + anchor * 4, codes.data() + i * 4);
      found.label = network.labels()[best];
      found.score = score;
      all.push_back(std::move(found));
    }
  }
  std::sort(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.score > b.score; });
  std::vector<Found> out;
  for (Found& found : all) {
    const bool again = std::any_of(out.begin(), out.end(), [&](const Found& other) {
      return other.label == found.label && overlap(other, found) > kSameThing;
    });
    if (!again) out.push_back(std::move(found));
    if (out.size() == kMost) break;
  }
  return out;
}

}  // namespace vignette::local
