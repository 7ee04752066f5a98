#pragma once
#include <string>
#include <vector>

#include "shared/image/pixels.hpp"
#include "shared/local/network.hpp"

namespace vignette::local {

/// One thing and where it is, in parts of the picture.
struct Found {
  std::string label;
  float score = 0;  ///< 0…1
  float left = 0, top = 0, width = 0, height = 0;
};

/// What a network of the kind "single shot" finds: its outputs come in pairs, boxes and scores, coarser and
/// coarser; each box is told as a difference from one of its "anchors". Boxes of one kind that cover each
/// other by half are one thing. The best first.
std::vector<Found> detect(const Network& network, const Pixels& pixels, float least_score);

}  // namespace vignette::local
