#include "tests/shared/image/pictures.hpp"

#include <algorithm>
#include <cmath>

namespace vignette::pictures {
namespace {

/// xorshift: the same numbers from every standard library.
struct Random {
  std::uint32_t state;
  std::uint32_t next() {
    state ^= state << 13;
    state ^= state >> 17;
    return state ^= state << 5;
  }
  float unit() { return static_cast<float>(next() >> 8) / 16777216.0F; }
};

/// Smooth noise in −1…1: random values on a grid, blended.
class Clouds {
 public:
  Clouds(Random& random, int cells)
      : cells_(cells), values_(static_cast<std::size_t>((cells + 2) * (cells + 2))) {
    for (float& v : values_) v = random.unit() * 2 - 1;
  }
  float at(float u, float v) const {
    const float x = u * static_cast<float>(cells_), y = v * static_cast<float>(cells_);
    const int cx = static_cast<int>(x), cy = static_cast<int>(y);
    const float fx = ease(x - static_cast<float>(cx)), fy = ease(y - static_cast<float>(cy));
    const float top = value(cx, cy) * (1 - fx) + value(cx + 1, cy) * fx;
    const float bottom = value(cx, cy + 1) * (1 - fx) + value(cx + 1, cy + 1) * fx;
    return top * (1 - fy) + bottom * fy;
  }

 private:
  static float ease(float t) { return t * t * (3 - 2 * t); }
  float value(int x, int y) const { return values_[static_cast<std::size_t>(y * (cells_ + 2) + x)]; }
  int cells_;
  std::vector<float> values_;
};

std::uint8_t byte(float v) { return static_cast<std::uint8_t>(std::clamp(v, 0.0F, 255.0F) + 0.5F); }

}  // namespace

Pixels photo(int width, int height, std::uint32_t seed, float grain) {
  Random random{seed * 2654435761U + 12345U};
  const Clouds shapes(random, 4), folds(random, 19), texture(random, 160), tint(random, 3);
  struct Disc {
    float x, y, radius, red, green, blue;
  };
  std::array<Disc, 7> discs;
  for (Disc& d : discs) {
    d = {random.unit(),       random.unit(),       0.05F + random.unit() * 0.18F,
         random.unit() * 255, random.unit() * 255, random.unit() * 255};
  }
  Pixels out{width, height, Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4)};
  std::uint8_t* p = out.rgba.data();
  const float aspect = static_cast<float>(height) / static_cast<float>(width);
  for (int y = 0; y < height; ++y) {
    const float v = static_cast<float>(y) / static_cast<float>(height);
    for (int x = 0; x < width; ++x, p += 4) {
      const float u = static_cast<float>(x) / static_cast<float>(width);
      const float light =
          130 + 70 * shapes.at(u, v) + 28 * folds.at(u, v) + 14 * texture.at(u, v) * (v + 0.2F);
      const float warm = 40 * tint.at(u, v);
      float red = light + warm, green = light, blue = light - warm;
      for (const Disc& d : discs) {
        const float dx = u - d.x, dy = (v - d.y) * aspect;
        if (dx * dx + dy * dy > d.radius * d.radius) continue;
        const float shade = 0.55F + 0.35F * folds.at(v, u);
        red = d.red * shade + red * 0.25F, green = d.green * shade + green * 0.25F,
        blue = d.blue * shade + blue * 0.25F;
      }
      const std::uint32_t dice = random.next();
      const auto noise = [&](int shift) { return grain * (static_cast<float>((dice >> shift) & 15) - 7.5F); };
      const float common = noise(0) * 0.55F;
      p[0] = byte(red + common + noise(4) * 0.3F);
      p[1] = byte(green + common + noise(8) * 0.3F);
      p[2] = byte(blue + common + noise(12) * 0.3F);
      p[3] = 255;
    }
  }
  return out;
}

Pixels plain(int width, int height, Colour colour, std::uint8_t alpha) {
  Pixels out{width, height, Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4)};
  for (std::size_t i = 0; i < out.rgba.size(); i += 4) {
    out.rgba[i] = colour.red, out.rgba[i + 1] = colour.green, out.rgba[i + 2] = colour.blue,
    out.rgba[i + 3] = alpha;
  }
  return out;
}

Pixels quarters(int width, int height) {
  Pixels out{width, height, Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4)};
  constexpr Colour kColours[] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};
  std::uint8_t* p = out.rgba.data();
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x, p += 4) {
      const Colour c = kColours[(y * 2 >= height ? 2 : 0) + (x * 2 >= width ? 1 : 0)];
      p[0] = c.red, p[1] = c.green, p[2] = c.blue, p[3] = 255;
    }
  }
  return out;
}

Colour at(const Pixels& pixels, int x, int y) {
  const std::size_t i =
      (static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) + static_cast<std::size_t>(x)) *
      4;
  return {pixels.rgba[i], pixels.rgba[i + 1], pixels.rgba[i + 2]};
}

bool near(Colour a, Colour b, int tolerance) {
  return std::abs(a.red - b.red) <= tolerance && std::abs(a.green - b.green) <= tolerance &&
         std::abs(a.blue - b.blue) <= tolerance;
}

double psnr(const Pixels& a, const Pixels& b) {
  if (a.width != b.width || a.height != b.height || a.rgba.empty()) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < a.rgba.size(); ++i) {
    if (i % 4 == 3) continue;
    const double d = static_cast<double>(a.rgba[i]) - b.rgba[i];
    sum += d * d;
  }
  if (sum == 0) return 99;
  return 10 * std::log10(255.0 * 255.0 * static_cast<double>(a.rgba.size() / 4 * 3) / sum);
}

}  // namespace vignette::pictures
