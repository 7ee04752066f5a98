#pragma once
// Inverse DCTs that give 1×1, 2×2 or 4×4 samples for a block of 8×8, from its 1, 4 or 16 lowest frequencies:
// the same waves, sampled less often. Coefficients come dequantised and scaled by what small_idct_scale()
// says, stored by columns (index = horizontal frequency · side + vertical frequency).
#include <cstddef>
#include <cstdint>

namespace vignette {

/// The factor for a coefficient; `u` and `v` are its frequencies.
constexpr float small_idct_scale(int side, int u, int v) {
  // The waves are orthonormal over 8 samples: the constant one has amplitude √(1/8), the others 1/2. Sampling
  // them at 2 or 4 points keeps these amplitudes, except that for 2 points the only wave's samples are ±√½ of
  // its amplitude.
  constexpr float kConstant = 0.35355339F;
  const float wave = side == 2 ? 0.35355339F : 0.5F;
  return (u == 0 ? kConstant : wave) * (v == 0 ? kConstant : wave);
}

inline std::uint8_t sample_from(float value) {
  const float shifted = value + 128.5F;
  return static_cast<std::uint8_t>(shifted < 0 ? 0 : shifted > 255 ? 255 : shifted);
}

inline void idct_1x1(const float* c, std::uint8_t* out) { *out = sample_from(c[0]); }

inline void idct_2x2(const float* c, std::uint8_t* out, std::size_t stride) {
  const float low = c[0] + c[1], high = c[0] - c[1];   // top, bottom of the mean column
  const float tilt = c[2] + c[3], lean = c[2] - c[3];  // and of the horizontal wave
  out[0] = sample_from(low + tilt);
  out[1] = sample_from(low - tilt);
  out[stride] = sample_from(high + lean);
  out[stride + 1] = sample_from(high - lean);
}

void idct_4x4(const float* c, std::uint8_t* out, std::size_t stride);

}  // namespace vignette
