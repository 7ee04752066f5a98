#include "shared/image/jpeg_idct_small.hpp"

#include <cstring>

namespace vignette {
namespace {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = std::int32_t __attribute__((vector_size(16)));
using Byte4 = std::uint8_t __attribute__((vector_size(4)));

/// Four transforms of four points at once: the vectors are the frequencies, their lanes the four transforms.
void transform(Float4& a, Float4& b, Float4& c, Float4& d) {
  constexpr float kCos1 = 0.92387953F, kCos2 = 0.70710678F, kCos3 = 0.38268343F;  // cos of π/8, 2π/8, 3π/8
  const Float4 turn = c * kCos2;
  const Float4 even0 = a + turn, even1 = a - turn;
  const Float4 odd0 = b * kCos1 + d * kCos3, odd1 = b * kCos3 - d * kCos1;
  a = even0 + odd0;
  b = even1 + odd1;
  c = even1 - odd1;
  d = even0 - odd0;
}

void transpose(Float4& a, Float4& b, Float4& c, Float4& d) {
  const Float4 ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5),
               ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Float4 cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5),
               cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  a = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  b = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  c = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  d = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

void store(Float4 row, std::uint8_t* out) {
  const Float4 low = {0, 0, 0, 0}, high = {255, 255, 255, 255};
  row = row + 128.5F;
  row = row < low ? low : row;
  row = row > high ? high : row;
  const Byte4 bytes = __builtin_convertvector(__builtin_convertvector(row, Int4), Byte4);
  std::memcpy(out, &bytes, 4);
}

}  // namespace

void idct_4x4(const float* coefficients, std::uint8_t* out, std::size_t stride) {
  Float4 a, b, c, d;  // columns of frequencies: lanes are vertical frequencies
  std::memcpy(&a, coefficients, 16);
  std::memcpy(&b, coefficients + 4, 16);
  std::memcpy(&c, coefficients + 8, 16);
  std::memcpy(&d, coefficients + 12, 16);
  transform(a, b, c, d);  // along x
  transpose(a, b, c, d);
  transform(a, b, c, d);  // along y
  store(a, out);
  store(b, out + stride);
  store(c, out + 2 * stride);
  store(d, out + 3 * stride);
}

}  // namespace vignette
