#include "shared/image/lanczos.hpp"

#include <algorithm>
#include <cmath>

namespace vignette {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kLobes = 3;

double lanczos(double x) {
  x = std::fabs(x);
  if (x < 1e-9) return 1;
  if (x >= kLobes) return 0;
  return kLobes * std::sin(kPi * x) * std::sin(kPi * x / kLobes) / (kPi * kPi * x * x);
}

}  // namespace

Taps lanczos_taps(int from, int to) { return lanczos_taps(from, from, to, to); }

Taps lanczos_taps(double from_extent, int from, double to_extent, int to) {
  Taps taps;
  const double scale = from_extent / to_extent;
  const double stretch = std::max(scale, 1.0);
  const double reach = kLobes * stretch;
  taps.spans.reserve(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const double centre = (i + 0.5) * scale;
    const int first = std::clamp(static_cast<int>(std::floor(centre - reach)), 0, from - 1);
    const int last = std::min(from - 1, static_cast<int>(std::ceil(centre + reach)));
    Taps::Span span{first, 0, taps.weights.size()};
    double sum = 0;
    for (int k = first; k <= last; ++k) sum += lanczos((k + 0.5 - centre) / stretch);
    for (int k = first; k <= last; ++k) {
      const double weight = lanczos((k + 0.5 - centre) / stretch) / sum;
      if (span.count == 0 && weight == 0) {
        ++span.first;
        continue;
      }
      taps.weights.push_back(static_cast<float>(weight));
      ++span.count;
    }
    while (span.count > 1 && taps.weights.back() == 0) {
      taps.weights.pop_back();
      --span.count;
    }
    taps.spans.push_back(span);
  }
  return taps;
}

}  // namespace vignette
