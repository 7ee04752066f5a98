#pragma once
#include <cstddef>
#include <vector>

// The four loops in which a network spends its time. Pictures are rows of pixels, pixels are rows of
// channels. Everything is float; a vector of four of them is what wasm, SSE and NEON have in common.

namespace vignette::local {

/// A convolution slides a `kernel`×`kernel` window in steps of `stride` over a picture that is thought to go
/// on with zeros around it, so that the result has ceil(side / stride) pixels ("same" padding).
struct Window {
  int height = 0, width = 0;
  int kernel = 1;
  int stride = 1;

  int out_height() const { return (height + stride - 1) / stride; }
  int out_width() const { return (width + stride - 1) / stride; }
  /// How much of the window hangs over the top edge, or the left one.
  int before(int side, int out) const {
    const int total = (out - 1) * stride + kernel - side;
    return total > 0 ? total / 2 : 0;
  }
};

/// Weights of a matrix product: for each eight columns all rows, eight numbers at a time, so that the inner
/// loop reads straight ahead. Columns that are missing at the end are zeros.
class Panels {
 public:
  static constexpr std::size_t kColumns = 8;

  Panels() = default;
  /// `weights` is `rows` × `columns`; `bias` has one number a column.
  Panels(const std::vector<float>& weights, const std::vector<float>& bias, std::size_t rows,
         std::size_t columns);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  const float* panel(std::size_t index) const { return weights_.data() + index * rows_ * kColumns; }
  const float* bias(std::size_t index) const { return bias_.data() + index * kColumns; }

 private:
  std::size_t rows_ = 0, columns_ = 0;
  std::vector<float> weights_;
  std::vector<float> bias_;
};

/// out[count × columns] = in[count × rows] · weights + bias, cut to 0…6 where asked.
void multiply(const float* in, std::size_t count, const Panels& weights, bool relu6, float* out);

/// The windows of a picture one below the other, ready for multiply(): each becomes kernel·kernel·channels
/// numbers.
std::vector<float> windows_of(const float* in, const Window& window, std::size_t channels);

/// Each channel by itself: `weights` are kernel·kernel rows of `channels` (a multiple of four).
void depthwise(const float* in, const Window& window, std::size_t channels, const float* weights,
               const float* bias, bool relu6, float* out);

/// The mean of every channel over the picture.
void mean(const float* in, std::size_t pixels, std::size_t channels, float* out);

}  // namespace vignette::local
