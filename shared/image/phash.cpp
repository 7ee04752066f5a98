#include "shared/image/phash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace vignette {
namespace {

constexpr std::size_t kSide = 32;  ///< of the reduced picture
constexpr std::size_t kLow = 8;    ///< frequencies kept each way

using Square = std::array<float, kSide * kSide>;

/// How much of input sample `i` of `from` lies in which of the 32 cells, as one or more (cell, share) pairs.
/// Plain area averaging: the hash must not depend on how large the picture happens to be.
std::vector<std::vector<std::pair<int, float>>> shares(int from) {
  std::vector<std::vector<std::pair<int, float>>> out(static_cast<std::size_t>(from));
  const double cell = static_cast<double>(kSide) / from;
  for (int i = 0; i < from; ++i) {
    const double start = i * cell, end = (i + 1) * cell;
    for (int c = static_cast<int>(start); c < static_cast<int>(kSide) && c < end; ++c) {
      const double share = std::min(end, c + 1.0) - std::max(start, static_cast<double>(c));
      if (share > 1e-9) out[static_cast<std::size_t>(i)].emplace_back(c, static_cast<float>(share));
    }
  }
  return out;
}

/// The mean luminance, over white, of each cell of a 32×32 grid.
Square reduce(const Pixels& pixels) {
  Square sum{};
  const auto across = shares(pixels.width), down = shares(pixels.height);
  std::array<float, kSide> row;
  const std::uint8_t* p = pixels.rgba.data();
  for (const auto& rows : down) {
    row.fill(0);
    for (const auto& columns : across) {
      const int luminance = (19595 * p[0] + 38470 * p[1] + 7471 * p[2]) >> 16;
      const int over_white = luminance * p[3] + 255 * (255 - p[3]);
      for (const auto& [cell, share] : columns)
        row[static_cast<std::size_t>(cell)] += share * static_cast<float>(over_white);
      p += 4;
    }
    for (const auto& [cell, share] : rows) {
      for (std::size_t x = 0; x < kSide; ++x)
        sum[static_cast<std::size_t>(cell) * kSide + x] += share * row[x] / 255;
    }
  }
  return sum;
}

}  // namespace

std::uint64_t perceptual_hash(const Pixels& pixels) {
  if (pixels.width <= 0 || pixels.height <= 0) return 0;
  const Square square = reduce(pixels);
  float cosine[kLow][kSide];
  for (std::size_t u = 0; u < kLow; ++u) {
    for (std::size_t x = 0; x < kSide; ++x)
      cosine[u][x] =
          std::cos((2 * static_cast<float>(x) + 1) * static_cast<float>(u) * 3.14159265F / (2 * kSide));
  }
  float half[kSide][kLow] = {};
  for (std::size_t y = 0; y < kSide; ++y) {
    for (std::size_t u = 0; u < kLow; ++u) {
      for (std::size_t x = 0; x < kSide; ++x) half[y][u] += square[y * kSide + x] * cosine[u][x];
    }
  }
  std::array<float, kLow * kLow> low{};
  for (std::size_t v = 0; v < kLow; ++v) {
    for (std::size_t u = 0; u < kLow; ++u) {
      for (std::size_t y = 0; y < kSide; ++y) low[v * kLow + u] += half[y][u] * cosine[v][y];
    }
  }
  // The mean brightness would only bias the median; its own bit stays 0.
  std::array<float, kLow * kLow - 1> sorted;
  std::copy(low.begin() + 1, low.end(), sorted.begin());
  std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2, sorted.end());
  const float median = sorted[sorted.size() / 2];
  std::uint64_t hash = 0;
  for (std::size_t i = 1; i < low.size(); ++i) hash |= std::uint64_t{low[i] > median} << i;
  return hash;
}

int hash_distance(std::uint64_t a, std::uint64_t b) {
  int count = 0;
  for (std::uint64_t differing = a ^ b; differing != 0; differing &= differing - 1) ++count;
  return count;
}

}  // namespace vignette
