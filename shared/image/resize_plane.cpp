#include <algorithm>
#include <cmath>

#include "shared/image/lanczos.hpp"
#include "shared/image/plane_kernels.hpp"
#include "shared/image/planes.hpp"

// Like resize(), in whole numbers: down first, because summing whole rows is what SIMD does best, then
// across.

namespace vignette {
namespace {

/// Weights of one span as integers whose sum is exactly 16384, so that a plain picture stays plain.
/// Rounding's remainder goes to the largest.
void quantise(const float* weights, int count, std::int16_t* to) {
  int sum = 0, largest = 0;
  for (int k = 0; k < count; ++k) {
    to[k] = static_cast<std::int16_t>(std::lround(weights[k] * 16384));
    sum += to[k];
    if (weights[k] > weights[largest]) largest = k;
  }
  to[largest] = static_cast<std::int16_t>(to[largest] + 16384 - sum);
}

}  // namespace

Plane resize_plane(const Plane& from, double extent_x, double extent_y) {
  Plane out;
  out.extent_x = extent_x;
  out.extent_y = extent_y;
  out.width = std::max(1, static_cast<int>(std::ceil(extent_x - 1e-6)));
  out.height = std::max(1, static_cast<int>(std::ceil(extent_y - 1e-6)));
  // The JPEG encoder reads whole blocks of 16.
  out.stride = (static_cast<std::size_t>(out.width) + 15) / 16 * 16;
  out.samples.resize(out.stride * static_cast<std::size_t>(out.height) + Plane::kSpare);
  const Taps down = lanczos_taps(from.extent_y, from.height, extent_y, out.height);
  const Taps across = lanczos_taps(from.extent_x, from.width, extent_x, out.width);

  std::vector<RowTaps> row_taps;
  std::vector<std::int16_t> row_weights;
  for (const Taps::Span& span : across.spans) {
    row_taps.push_back({span.first, (span.count + 7) / 8 * 8, static_cast<std::int32_t>(row_weights.size())});
    row_weights.resize(row_weights.size() + static_cast<std::size_t>(row_taps.back().count));
    quantise(across.weights.data() + span.weights, span.count, row_weights.data() + row_taps.back().weights);
  }

  // The sum over rows is made for eight columns at a time; what lies behind the last one is never given
  // weight.
  const auto padded = (static_cast<std::size_t>(from.width) + 7) / 8 * 8;
  std::vector<std::int16_t> middle(padded + 8);
  std::vector<const std::uint8_t*> rows;
  std::vector<std::int16_t> weights;
  for (int y = 0; y < out.height; ++y) {
    const Taps::Span& span = down.spans[static_cast<std::size_t>(y)];
    rows.clear();
    for (int k = 0; k < span.count; ++k) rows.push_back(from.row(span.first + k));
    weights.resize(static_cast<std::size_t>(span.count));
    quantise(down.weights.data() + span.weights, span.count, weights.data());
    sum_rows(rows.data(), weights.data(), span.count, static_cast<int>(padded), middle.data());
    sum_taps(middle.data(), row_taps.data(), row_weights.data(), out.width, out.row(y));
  }
  return out;
}

}  // namespace vignette
