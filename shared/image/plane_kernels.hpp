#pragma once
// The two inner loops of resizing a plane. plane_kernels_wasm.cpp has them in wasm SIMD, plane_kernels.cpp
// for everything else; both give the same numbers.
#include <cstdint>

namespace vignette {

/// Samples between the two passes: 64 times a byte. Lanczos overshoots, so there is room below 0 and above
/// 255.
inline constexpr int kMiddleShift = 6;

/// to[x] = Σ rows[k][x] · weights[k], in 64ths. Weights are in 1/16384: between −2 and 2, for
/// at an edge the filter's middle counts more than once. `width` is rounded up to 8: rows and
/// `to` must have room for that.
void sum_rows(const std::uint8_t* const* rows, const std::int16_t* weights, int count, int width,
              std::int16_t* to);

/// The taps of one output sample, a multiple of 8 of them, padded with zeros.
struct RowTaps {
  std::int32_t first = 0, count = 0, weights = 0;
};
/// to[i] = Σ from[first + k] · weights[k]. Weights are in 1/16384. `from` can be read past its end by 8
/// samples.
void sum_taps(const std::int16_t* from, const RowTaps* taps, const std::int16_t* weights, int width,
              std::uint8_t* to);

}  // namespace vignette
