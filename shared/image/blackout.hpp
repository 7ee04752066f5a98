#pragma once
#include <vector>

#include "shared/image/pixels.hpp"
#include "shared/image/planes.hpp"

namespace vignette {

/// A part of a picture as people see it (upright), in fractions of its sides, so that it is the same part in
/// every size.
struct PictureBox {
  double left = 0, top = 0, width = 0, height = 0;
  bool operator==(const PictureBox&) const = default;
};

// Both paint the boxes black, in a picture that is still as it was stored: it must happen before a picture is
// reduced, or what is under a box would colour the pixels around it. A few pixels around a box are covered,
// too. Boxes may reach over the edge.
void black_out(Pixels& stored, const std::vector<PictureBox>& boxes, int orientation);
void black_out(Planes& stored, const std::vector<PictureBox>& boxes, int orientation);

}  // namespace vignette
