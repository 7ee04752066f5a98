#include "shared/local/kernels.hpp"

#include <algorithm>
#include <cstring>

namespace vignette::local {
namespace {

using Float4 = float __attribute__((vector_size(16)));
constexpr std::size_t kLanes = 4;

Float4 all(float v) { return Float4{v, v, v, v}; }
Float4 load(const float* from) {
  Float4 out;
  std::memcpy(&out, from, sizeof out);
  return out;
}
void store(float* to, Float4 value) { std::memcpy(to, &value, sizeof value); }

Float4 within_0_and_6(Float4 value) {
  value = value < all(0) ? all(0) : value;
  return value > all(6) ? all(6) : value;
}

/// `Rows` rows of the input against one panel: all sums stay in registers.
template <std::size_t Rows>
void block(const float* in, std::size_t rows, const float* panel, const float* bias, bool relu6, float* out,
           std::size_t stride, std::size_t columns) {
  Float4 sums[Rows][2];
  for (auto& sum : sums) {
    sum[0] = load(bias);
    sum[1] = load(bias + kLanes);
  }
  for (std::size_t k = 0; k < rows; ++k) {
    const Float4 left = load(panel + k * Panels::kColumns);
    const Float4 right = load(panel + k * Panels::kColumns + kLanes);
    for (std::size_t r = 0; r < Rows; ++r) {
      const Float4 value = all(in[r * rows + k]);
      sums[r][0] += value * left;
      sums[r][1] += value * right;
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) {
    float whole[Panels::kColumns];
    store(whole, relu6 ? within_0_and_6(sums[r][0]) : sums[r][0]);
    store(whole + kLanes, relu6 ? within_0_and_6(sums[r][1]) : sums[r][1]);
    std::memcpy(out + r * stride, whole, columns * sizeof(float));
  }
}

}  // namespace

Panels::Panels(const std::vector<float>& weights, const std::vector<float>& bias, std::size_t rows,
               std::size_t columns)
    : rows_(rows), columns_(columns) {
  const std::size_t panels = (columns + kColumns - 1) / kColumns;
  weights_.resize(panels * rows * kColumns);
  bias_.resize(panels * kColumns);
  std::copy(bias.begin(), bias.end(), bias_.begin());
  for (std::size_t k = 0; k < rows; ++k) {
    for (std::size_t c = 0; c < columns; ++c)
      weights_[(c / kColumns * rows + k) * kColumns + c % kColumns] = weights[k * columns + c];
  }
}

void multiply(const float* in, std::size_t count, const Panels& weights, bool relu6, float* out) {
  const std::size_t rows = weights.rows(), columns = weights.columns();
  // A panel fits the first cache, and the input is read once for each: less traffic than the other way round.
  for (std::size_t p = 0; p * Panels::kColumns < columns; ++p) {
    const float* panel = weights.panel(p);
    const float* bias = weights.bias(p);
    const std::size_t wide = std::min(Panels::kColumns, columns - p * Panels::kColumns);
    float* to = out + p * Panels::kColumns;
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4)
      block<4>(in + i * rows, rows, panel, bias, relu6, to + i * columns, columns, wide);
    for (; i < count; ++i) block<1>(in + i * rows, rows, panel, bias, relu6, to + i * columns, columns, wide);
  }
}

std::vector<float> windows_of(const float* in, const Window& window, std::size_t channels) {
  const int high = window.out_height(), wide = window.out_width();
  const int top = window.before(window.height, high), left = window.before(window.width, wide);
  const auto kernel = static_cast<std::size_t>(window.kernel);
  std::vector<float> out(static_cast<std::size_t>(high) * static_cast<std::size_t>(wide) * kernel * kernel *
                         channels);
  float* to = out.data();
  for (int y = 0; y < high; ++y) {
    for (int x = 0; x < wide; ++x) {
      for (int ky = 0; ky < window.kernel; ++ky) {
        const int row = y * window.stride + ky - top;
        for (int kx = 0; kx < window.kernel; ++kx, to += channels) {
          const int column = x * window.stride + kx - left;
          if (row < 0 || row >= window.height || column < 0 || column >= window.width) continue;
          const auto at = static_cast<std::size_t>(row * window.width + column) * channels;
          std::memcpy(to, in + at, channels * sizeof(float));
        }
      }
    }
  }
  return out;
}

void depthwise(const float* in, const Window& window, std::size_t channels, const float* weights,
               const float* bias, bool relu6, float* out) {
  const int high = window.out_height(), wide = window.out_width();
  const int top = window.before(window.height, high), left = window.before(window.width, wide);
  for (int y = 0; y < high; ++y) {
    const int row = y * window.stride - top;
    const int ky_from = std::max(0, -row), ky_to = std::min(window.kernel, window.height - row);
    for (int x = 0; x < wide; ++x) {
      const int column = x * window.stride - left;
      const int kx_from = std::max(0, -column), kx_to = std::min(window.kernel, window.width - column);
      float* to = out + static_cast<std::size_t>(y * wide + x) * channels;
      for (std::size_t c = 0; c < channels; c += kLanes) {
        Float4 sum = load(bias + c);
        for (int ky = ky_from; ky < ky_to; ++ky) {
          for (int kx = kx_from; kx < kx_to; ++kx) {
            const auto pixel = static_cast<std::size_t>((row + ky) * window.width + column + kx);
            const auto weight = static_cast<std::size_t>(ky * window.kernel + kx);
            sum += load(in + pixel * channels + c) * load(weights + weight * channels + c);
          }
        }
        store(to + c, relu6 ? within_0_and_6(sum) : sum);
      }
    }
  }
}

void mean(const float* in, std::size_t pixels, std::size_t channels, float* out) {
  std::fill(out, out + channels, 0.0F);
  for (std::size_t i = 0; i < pixels; ++i) {
    for (std::size_t c = 0; c < channels; ++c) out[c] += in[i * channels + c];
  }
  for (std::size_t c = 0; c < channels; ++c) out[c] /= static_cast<float>(pixels);
}

}  // namespace vignette::local
