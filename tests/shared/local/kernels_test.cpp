#include "shared/local/kernels.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <random>

#include "shared/local/half.hpp"

using namespace vignette::local;

namespace {

std::vector<float> numbers(std::size_t count, unsigned seed) {
  std::mt19937 dice(seed);
  std::uniform_real_distribution<float> even(-1, 1);
  std::vector<float> out(count);
  for (float& number : out) number = even(dice);
  return out;
}

/// A convolution as it is defined: for every result, all that it looks at, with zeros outside.
float convolved(const std::vector<float>& in, const Window& w, std::size_t channels, int y, int x,
                const std::vector<float>& weights, std::size_t out_channels, std::size_t out) {
  double sum = 0;
  for (int ky = 0; ky < w.kernel; ++ky) {
    for (int kx = 0; kx < w.kernel; ++kx) {
      const int row = y * w.stride + ky - w.before(w.height, w.out_height());
      const int column = x * w.stride + kx - w.before(w.width, w.out_width());
      if (row < 0 || column < 0 || row >= w.height || column >= w.width) continue;
      for (std::size_t c = 0; c < channels; ++c) {
        const auto at = static_cast<std::size_t>(row * w.width + column) * channels + c;
        const auto weight =
            (static_cast<std::size_t>(ky * w.kernel + kx) * channels + c) * out_channels + out;
        sum += static_cast<double>(in[at]) * weights[weight];
      }
    }
  }
  return static_cast<float>(sum);
}

}  // namespace

TEST_CASE("a half becomes the number it stands for, whichever it is") {
  for (unsigned half = 0; half < 0x10000; ++half) {
    const int exponent = (half >> 10) & 31;
    if (exponent == 31) continue;  // infinite, or no number
    const int mantissa = half & 1023;
    const double magnitude =
        exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25);
    const float expected = static_cast<float>((half & 0x8000) != 0 ? -magnitude : magnitude);
    REQUIRE(float_from_half(static_cast<std::uint16_t>(half)) == expected);
  }
}

TEST_CASE("a product has the sums of its definition, for counts and columns that fill no block") {
  for (const std::size_t count : {1U, 4U, 7U}) {
    for (const std::size_t columns : {1U, 8U, 13U}) {
      const std::size_t rows = 27;
      const auto in = numbers(count * rows, 1), weights = numbers(rows * columns, 2),
                 bias = numbers(columns, 3);
      std::vector<float> out(count * columns + 1, 99);
      multiply(in.data(), count, Panels(weights, bias, rows, columns), false, out.data());
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t c = 0; c < columns; ++c) {
          double sum = bias[c];
          for (std::size_t k = 0; k < rows; ++k)
            sum += static_cast<double>(in[i * rows + k]) * weights[k * columns + c];
          CHECK(out[i * columns + c] == doctest::Approx(sum).epsilon(1e-4));
        }
      }
      CHECK(out.back() == 99);  // nothing is written behind the end
    }
  }
}

TEST_CASE("results are cut to 0…6 where that is asked, and only there") {
  const std::vector<float> in = {1, -1, 10};
  const Panels twice({2}, {0}, 1, 1);
  std::vector<float> out(3);
  multiply(in.data(), 3, twice, true, out.data());
  CHECK(out == std::vector<float>{2, 0, 6});
  multiply(in.data(), 3, twice, false, out.data());
  CHECK(out == std::vector<float>{2, -2, 20});
}

TEST_CASE("a convolution over windows has the sums of its definition, at every edge") {
  for (const Window& window :
       {Window{5, 7, 3, 1}, Window{6, 4, 3, 2}, Window{5, 5, 3, 2}, Window{4, 6, 1, 2}}) {
    const std::size_t channels = 3, out_channels = 10;
    const auto side = static_cast<std::size_t>(window.kernel);
    const auto in = numbers(static_cast<std::size_t>(window.height * window.width) * channels, 4);
    const auto weights = numbers(side * side * channels * out_channels, 5);
    const auto windows = windows_of(in.data(), window, channels);
    const auto count = static_cast<std::size_t>(window.out_height() * window.out_width());
    std::vector<float> out(count * out_channels);
    const Panels panels(weights, std::vector<float>(out_channels), side * side * channels, out_channels);
    multiply(windows.data(), count, panels, false, out.data());
    for (int y = 0; y < window.out_height(); ++y) {
      for (int x = 0; x < window.out_width(); ++x) {
        for (std::size_t c = 0; c < out_channels; ++c) {
          const auto at = static_cast<std::size_t>(y * window.out_width() + x) * out_channels + c;
          CHECK(
              out[at] ==
              doctest::Approx(convolved(in, window, channels, y, x, weights, out_channels, c)).epsilon(1e-4));
        }
      }
    }
  }
}

TEST_CASE("depthwise, each channel has the sums of its own weights") {
  for (const Window& window : {Window{5, 7, 3, 1}, Window{6, 4, 3, 2}, Window{7, 7, 3, 2}}) {
    const std::size_t channels = 8;
    const auto in = numbers(static_cast<std::size_t>(window.height * window.width) * channels, 6);
    const auto weights = numbers(9 * channels, 7), bias = numbers(channels, 8);
    std::vector<float> out(static_cast<std::size_t>(window.out_height() * window.out_width()) * channels);
    depthwise(in.data(), window, channels, weights.data(), bias.data(), false, out.data());
    for (std::size_t c = 0; c < channels; ++c) {
      std::vector<float> plane, kernel;
      for (std::size_t i = c; i < in.size(); i += channels) plane.push_back(in[i]);
      for (std::size_t i = c; i < weights.size(); i += channels) kernel.push_back(weights[i]);
      for (int y = 0; y < window.out_height(); ++y) {
        for (int x = 0; x < window.out_width(); ++x) {
          const auto at = static_cast<std::size_t>(y * window.out_width() + x) * channels + c;
          CHECK(out[at] ==
                doctest::Approx(convolved(plane, window, 1, y, x, kernel, 1, 0) + bias[c]).epsilon(1e-4));
        }
      }
    }
  }
}

TEST_CASE("the mean is that of each channel") {
  const std::vector<float> in = {1, 10, 2, 20, 6, 60};
  std::vector<float> out(2);
  mean(in.data(), 3, 2, out.data());
  CHECK(out == std::vector<float>{3, 30});
}
