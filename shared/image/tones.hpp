#pragma once
#include <string>
#include <vector>

#include "shared/image/pixels.hpp"

namespace vignette {

/// What can be measured about a picture's look, in words where people have words for it.
struct Tones {
  struct Named {
    std::string name;  ///< "dark blue"
    double share = 0;  ///< of the picture
  };
  std::vector<Named> colours;  ///< the largest share first; what is transparent does not count
  double light = 0;            ///< the mean lightness as the eye sees it: 0 black, 1 white
  double contrast = 0;         ///< how far lightness strays from that mean (standard deviation)
  std::string brighter;        ///< "left", "right", "top" or "bottom"; "" where no side stands out
};

/// A thumbnail will do, and is quicker.
Tones tones_of(const Pixels& pixels);

/// The plain English name for a colour: one of about thirty.
std::string colour_name(Colour colour);

}  // namespace vignette
