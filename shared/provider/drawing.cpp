#include "shared/provider/drawing.hpp"

#include <cmath>

namespace vignette::provider {
namespace {

double digits_of(std::string_view text) {
  double value = 0;
  for (const char c : text) value = c >= '0' && c <= '9' ? value * 10 + (c - '0') : value;
  return value;
}

}  // namespace

std::string nearest_aspect(std::int64_t width, std::int64_t height, const std::vector<std::string>& allowed) {
  if (width <= 0 || height <= 0) return {};
  const double wanted = std::log(static_cast<double>(width) / static_cast<double>(height));
  std::string best;
  double best_distance = 0;
  for (const std::string& each : allowed) {
    const std::size_t colon = each.find(':');
    if (colon == std::string::npos) continue;
    const double x = digits_of(each.substr(0, colon));
    const double y = digits_of(each.substr(colon + 1));
    if (x <= 0 || y <= 0) continue;
    const double distance = std::abs(std::log(x / y) - wanted);
    if (best.empty() || distance < best_distance) {
      best = each;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace vignette::provider
