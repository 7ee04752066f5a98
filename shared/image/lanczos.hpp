#pragma once
// How much each input sample counts for each output sample, along one axis.
#include <vector>

namespace vignette {

struct Taps {
  struct Span {
    int first = 0;  ///< input index of the first weight
    int count = 0;
    std::size_t weights = 0;  ///< where its weights start
  };
  std::vector<Span> spans;     ///< one per output sample
  std::vector<float> weights;  ///< each span's sum is 1
};

/// Lanczos with three lobes; for shrinking it is stretched over the input samples that an output sample
/// covers.
Taps lanczos_taps(int from, int to);
/// The same where the picture's edges do not fall between samples: `from_extent` of the `from` samples,
/// counted from the first one's edge, become `to_extent` of the `to`.
Taps lanczos_taps(double from_extent, int from, double to_extent, int to);

}  // namespace vignette
