#include "shared/image/plane_kernels.hpp"

namespace vignette {

void sum_rows(const std::uint8_t* const* rows, const std::int16_t* weights, int count, int width,
              std::int16_t* to) {
  for (int x = 0; x < width; ++x) to[x] = 0;
  for (int k = 0; k < count; ++k) {
    const std::uint8_t* row = rows[k];
    const int weight = weights[k];
    for (int x = 0; x < width; ++x) {
      const int product = ((row[x] << 7) * weight + 16384) >> 15;
      to[x] = static_cast<std::int16_t>(to[x] + product);
    }
  }
}

void sum_taps(const std::int16_t* from, const RowTaps* taps, const std::int16_t* weights, int width,
              std::uint8_t* to) {
  for (int i = 0; i < width; ++i) {
    const std::int16_t* in = from + taps[i].first;
    const std::int16_t* weight = weights + taps[i].weights;
    std::int32_t sum = 1 << (13 + kMiddleShift);
    for (int k = 0; k < taps[i].count; ++k) sum += in[k] * weight[k];
    const std::int32_t value = sum >> (14 + kMiddleShift);
    to[i] = static_cast<std::uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value);
  }
}

}  // namespace vignette
