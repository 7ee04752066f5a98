#include <wasm_simd128.h>

#include "shared/image/plane_kernels.hpp"

namespace vignette {

void sum_rows(const std::uint8_t* const* rows, const std::int16_t* weights, int count, int width,
              std::int16_t* to) {
  // 32 columns at a time stay in registers while the rows go by.
  int x = 0;
  for (; x + 32 <= width; x += 32) {
    v128_t a = wasm_i16x8_const_splat(0), b = a, c = a, d = a;
    for (int k = 0; k < count; ++k) {
      const std::uint8_t* row = rows[k] + x;
      const v128_t weight = wasm_i16x8_splat(weights[k]);
      const auto product = [&](int at) {
        return wasm_i16x8_q15mulr_sat(wasm_i16x8_shl(wasm_u16x8_load8x8(row + at), 7), weight);
      };
      a = wasm_i16x8_add(a, product(0));
      b = wasm_i16x8_add(b, product(8));
      c = wasm_i16x8_add(c, product(16));
      d = wasm_i16x8_add(d, product(24));
    }
    wasm_v128_store(to + x, a);
    wasm_v128_store(to + x + 8, b);
    wasm_v128_store(to + x + 16, c);
    wasm_v128_store(to + x + 24, d);
  }
  for (; x < width; x += 8) {
    v128_t sum = wasm_i16x8_const_splat(0);
    for (int k = 0; k < count; ++k) {
      const v128_t samples = wasm_i16x8_shl(wasm_u16x8_load8x8(rows[k] + x), 7);
      sum = wasm_i16x8_add(sum, wasm_i16x8_q15mulr_sat(samples, wasm_i16x8_splat(weights[k])));
    }
    wasm_v128_store(to + x, sum);
  }
}

namespace {

/// Four partial sums of one output sample.
v128_t dot(const std::int16_t* from, const RowTaps& taps, const std::int16_t* weights) {
  const std::int16_t* in = from + taps.first;
  const std::int16_t* weight = weights + taps.weights;
  v128_t sum = wasm_i32x4_dot_i16x8(wasm_v128_load(in), wasm_v128_load(weight));
  for (int k = 8; k < taps.count; k += 8) {
    sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(wasm_v128_load(in + k), wasm_v128_load(weight + k)));
  }
  return sum;
}

/// Lanes of pairs added: (a0+a2, b0+b2, a1+a3, b1+b3).
v128_t fold(v128_t a, v128_t b) {
  return wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), wasm_i32x4_shuffle(a, b, 2, 6, 3, 7));
}

}  // namespace

void sum_taps(const std::int16_t* from, const RowTaps* taps, const std::int16_t* weights, int width,
              std::uint8_t* to) {
  int i = 0;
  for (; i + 4 <= width; i += 4) {
    const v128_t ab = fold(dot(from, taps[i], weights), dot(from, taps[i + 1], weights));
    const v128_t cd = fold(dot(from, taps[i + 2], weights), dot(from, taps[i + 3], weights));
    v128_t sums =
        wasm_i32x4_add(wasm_i32x4_shuffle(ab, cd, 0, 1, 4, 5), wasm_i32x4_shuffle(ab, cd, 2, 3, 6, 7));
    sums = wasm_i32x4_shr(wasm_i32x4_add(sums, wasm_i32x4_const_splat(1 << (13 + kMiddleShift))),
                          14 + kMiddleShift);
    const v128_t words = wasm_i16x8_narrow_i32x4(sums, sums);
    wasm_v128_store32_lane(to + i, wasm_u8x16_narrow_i16x8(words, words), 0);
  }
  for (; i < width; ++i) {
    const v128_t four = dot(from, taps[i], weights);
    const std::int32_t sum = wasm_i32x4_extract_lane(four, 0) + wasm_i32x4_extract_lane(four, 1) +
                             wasm_i32x4_extract_lane(four, 2) + wasm_i32x4_extract_lane(four, 3);
    const std::int32_t value = (sum + (1 << (13 + kMiddleShift))) >> (14 + kMiddleShift);
    to[i] = static_cast<std::uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value);
  }
}

}  // namespace vignette
