#pragma once
#include <string>
#include <vector>

#include "shared/image/pixels.hpp"
#include "shared/local/network.hpp"

namespace vignette::local {

/// What a picture shows, and how sure the network is: 0…1.
struct Likely {
  std::string label;
  float probability = 0;
  std::size_t number = 0;  ///< of the label
};

/// The picture as a network takes it: flattened on white, `height` × `width` × 3 numbers from -1 to 1.
/// `whole`: all of it, squeezed; otherwise its middle, in its own proportions.
std::vector<float> input_of(const Pixels& pixels, int height, int width, bool whole);

/// The `most` likely labels, the likeliest first. The network's one output is a number for each label.
std::vector<Likely> classify(const Network& network, const Pixels& pixels, std::size_t most);

}  // namespace vignette::local
