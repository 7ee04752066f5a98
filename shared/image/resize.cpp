#include "shared/image/resize.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "shared/image/lanczos.hpp"

// Rows come in once, from the top. Each is turned into floats (premultiplied; linear when asked), filtered
// along x, and kept in a ring just long enough for the rows of output that need it, which are sums over the
// ring along y. A pixel is one vector of four floats: that is wasm's SIMD width, SSE's and NEON's.

namespace vignette {
namespace {

using Float4 = float __attribute__((vector_size(16)));

Float4 all(float v) { return Float4{v, v, v, v}; }

constexpr float kHalf = 0.5F;  // rounds what is never negative

float linear_from_srgb(float coded) {
  return coded <= 0.04045F ? coded / 12.92F : std::pow((coded + 0.055F) / 1.055F, 2.4F);
}
float srgb_from_linear(float light) {
  return light <= 0.0031308F ? light * 12.92F : 1.055F * std::pow(light, 1 / 2.4F) - 0.055F;
}

/// Between bytes and what is averaged: values from 0 to 255, either as coded or proportional to light.
class Coding {
 public:
  Coding(bool linear, bool opaque) : linear_(linear), opaque_(opaque) {
    if (!linear) return;
    decode_.resize(256);
    for (std::size_t i = 0; i < 256; ++i) decode_[i] = linear_from_srgb(static_cast<float>(i) / 255) * 255;
    encode_.resize(kSteps + 1);
    for (std::size_t i = 0; i <= kSteps; ++i) {
      // Finer for the dark end, where the curve is steep.
      const float root = static_cast<float>(i) / kSteps;
      encode_[i] = static_cast<std::uint8_t>(srgb_from_linear(root * root) * 255 + kHalf);
    }
  }

  void read(const std::uint8_t* from, Float4* to, int width) const {
    for (int x = 0; x < width; ++x, from += 4) {
      Float4 pixel = linear_ ? Float4{decode_[from[0]], decode_[from[1]], decode_[from[2]], 0}
                             : Float4{static_cast<float>(from[0]), static_cast<float>(from[1]),
                                      static_cast<float>(from[2]), 0};
      const float alpha = static_cast<float>(from[3]);
      if (!opaque_) pixel *= all(alpha / 255);
      pixel[3] = alpha;
      to[x] = pixel;
    }
  }

  void write(const Float4* from, std::uint8_t* to, int width) const {
    for (int x = 0; x < width; ++x, to += 4) {
      Float4 pixel = from[x];
      const float alpha = opaque_ ? 255 : std::clamp(pixel[3], 0.0F, 255.0F);
      // Fully transparent pixels have no colour; 0 keeps the file small.
      if (!opaque_) pixel *= all(alpha > 0.25F ? 255 / alpha : 0.0F);
      for (int c = 0; c < 3; ++c) {
        const float value = std::clamp(pixel[c], 0.0F, 255.0F);
        to[c] = linear_ ? encode_[static_cast<std::size_t>(std::sqrt(value / 255) * kSteps + kHalf)]
                        : static_cast<std::uint8_t>(value + kHalf);
      }
      to[3] = static_cast<std::uint8_t>(alpha + kHalf);
    }
  }

 private:
  static constexpr std::size_t kSteps = 4095;
  bool linear_, opaque_;
  std::vector<float> decode_;
  Bytes encode_;
};

void filter_row(const Float4* from, Float4* to, const Taps& taps) {
  for (const Taps::Span& span : taps.spans) {
    const float* weight = taps.weights.data() + span.weights;
    const Float4* in = from + span.first;
    Float4 sum = all(0);
    for (int k = 0; k < span.count; ++k) sum += in[k] * all(weight[k]);
    *to++ = sum;
  }
}

}  // namespace

Pixels resize(const Pixels& from, int width, int height, ResizeOptions options) {
  if (from.width <= 0 || from.height <= 0 || width <= 0 || height <= 0) return {};
  if (width == from.width && height == from.height) return from;
  Pixels out{width, height, Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4)};
  const Taps across = lanczos_taps(from.width, width), down = lanczos_taps(from.height, height);
  const Coding coding(options.linear_light, is_opaque(from));

  int ring_rows = 1;
  for (const Taps::Span& span : down.spans) ring_rows = std::max(ring_rows, span.count);
  const auto columns = static_cast<std::size_t>(width);
  std::vector<Float4> ring(columns * static_cast<std::size_t>(ring_rows)), sum(columns);
  std::vector<Float4> input(static_cast<std::size_t>(from.width));
  const auto ring_row = [&](int y) {
    return ring.data() + columns * static_cast<std::size_t>(y % ring_rows);
  };

  int ready = 0;  // input rows filtered so far
  for (int y = 0; y < height; ++y) {
    const Taps::Span& span = down.spans[static_cast<std::size_t>(y)];
    for (; ready < span.first + span.count; ++ready) {
      const std::size_t at = static_cast<std::size_t>(ready) * static_cast<std::size_t>(from.width) * 4;
      coding.read(from.rgba.data() + at, input.data(), from.width);
      filter_row(input.data(), ring_row(ready), across);
    }
    std::fill(sum.begin(), sum.end(), all(0));
    for (int k = 0; k < span.count; ++k) {
      const Float4* row = ring_row(span.first + k);
      const Float4 weight = all(down.weights[span.weights + static_cast<std::size_t>(k)]);
      for (std::size_t x = 0; x < columns; ++x) sum[x] += row[x] * weight;
    }
    coding.write(sum.data(), out.rgba.data() + static_cast<std::size_t>(y) * columns * 4, width);
  }
  return out;
}

}  // namespace vignette
