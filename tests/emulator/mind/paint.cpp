#include "tests/emulator/mind/paint.hpp"

#include <algorithm>
#include <webp/encode.h>

#include "shared/image/encode.hpp"
#include "tests/emulator/core/digest.hpp"
#include "tests/emulator/senses/colours.hpp"

namespace vignette::emulator {
namespace {

void fill(Pixels& pixels, int left, int top, int right, int bottom, Colour colour) {
  for (int y = std::max(0, top); y < std::min(bottom, pixels.height); ++y)
    for (int x = std::max(0, left); x < std::min(right, pixels.width); ++x) {
      std::uint8_t* p = &pixels.rgba[(static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) +
                                      static_cast<std::size_t>(x)) *
                                     4];
      p[0] = colour.red;
      p[1] = colour.green;
      p[2] = colour.blue;
      p[3] = 255;
    }
}

Colour darker(Colour c) {
  const auto less = [](std::uint8_t v) { return static_cast<std::uint8_t>(v * 7 / 8); };
  return {less(c.red), less(c.green), less(c.blue)};
}

}  // namespace

Pixels paint(const std::string& prompt, int width, int height, std::uint64_t seed) {
  std::uint64_t state = stable_hash(prompt) ^ (seed * 0x9e3779b97f4a7c15ULL);
  std::vector<Colour> colours = colours_in(prompt);
  while (colours.empty() || (colours_in(prompt).empty() && colours.size() < 2))
    colours.push_back(palette()[next_random(state) % palette().size()].rgb);
  Pixels pixels{width, height, Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4)};
  const int bands = static_cast<int>(colours.size());
  for (int i = 0; i < bands; ++i)
    fill(pixels, 0, height * i / bands, width, height * (i + 1) / bands,
         colours[static_cast<std::size_t>(i)]);
  const int side = std::max(1, std::min(width, height) / 16);
  for (int i = 0; i < 5; ++i) {
    const int x = static_cast<int>(next_random(state) % static_cast<std::uint64_t>(width));
    const int y = static_cast<int>(next_random(state) % static_cast<std::uint64_t>(height));
    fill(pixels, x, y, x + side, y + side, darker(colours[static_cast<std::size_t>(i % bands)]));
  }
  return pixels;
}

Painting encode_painting(const Pixels& pixels, const std::string& format) {
  if (format == "webp") {
    std::uint8_t* data = nullptr;
    const std::size_t size =
        WebPEncodeRGBA(pixels.rgba.data(), pixels.width, pixels.height, pixels.width * 4, 80, &data);
    Painting painting{std::string(reinterpret_cast<const char*>(data), size), "image/webp", "webp"};
    WebPFree(data);
    return painting;
  }
  const bool png = format != "jpg" && format != "jpeg";
  const auto bytes = png ? encode_png(pixels, 1) : encode_jpeg(pixels);
  return {bytes ? std::string(as_text(*bytes)) : "", png ? "image/png" : "image/jpeg", png ? "png" : "jpg"};
}

}  // namespace vignette::emulator
