#include <zlib.h>

#include "tests/shared/image/pictures.hpp"

namespace vignette::pictures {
namespace {

void put_be(Bytes& out, std::uint32_t v) {
  for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::uint8_t>(v >> shift));
}

void put_chunk(Bytes& out, std::string_view type, const Bytes& data) {
  put_be(out, static_cast<std::uint32_t>(data.size()));
  Bytes body(type.begin(), type.end());
  body.insert(body.end(), data.begin(), data.end());
  out.insert(out.end(), body.begin(), body.end());
  put_be(out, static_cast<std::uint32_t>(crc32(0, body.data(), static_cast<uInt>(body.size()))));
}

Bytes header(std::uint32_t width, std::uint32_t height, const PngRecipe& recipe) {
  Bytes out = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  Bytes ihdr;
  put_be(ihdr, width);
  put_be(ihdr, height);
  for (const int v : {recipe.depth, recipe.colour_type, 0, 0, recipe.interlaced ? 1 : 0}) {
    ihdr.push_back(static_cast<std::uint8_t>(v));
  }
  put_chunk(out, "IHDR", ihdr);
  return out;
}

int channels_of(int colour_type) {
  return colour_type == 2 ? 3 : colour_type == 4 ? 2 : colour_type == 6 ? 4 : 1;
}

/// The rows x0, x0+dx, … × y0, y0+dy, …, each behind filter type 0.
template <class Sample>
void put_pass(Bytes& raw, int width, int height, const PngRecipe& recipe, int x0, int y0, int dx, int dy,
              Sample sample) {
  if (x0 >= width || y0 >= height) return;
  for (int y = y0; y < height; y += dy) {
    raw.push_back(0);
    std::uint32_t bits = 0;
    int count = 0;
    for (int x = x0; x < width; x += dx) {
      for (int c = 0; c < channels_of(recipe.colour_type); ++c) {
        bits = (bits << recipe.depth) | sample(x, y, c);
        for (count += recipe.depth; count >= 8; count -= 8)
          raw.push_back(static_cast<std::uint8_t>(bits >> (count - 8)));
      }
    }
    if (count > 0) raw.push_back(static_cast<std::uint8_t>(bits << (8 - count)));
  }
}

template <class Sample>
Bytes write(int width, int height, const PngRecipe& recipe, Sample sample) {
  Bytes out = header(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), recipe);
  if (!recipe.exif.empty()) put_chunk(out, "eXIf", recipe.exif);
  for (const auto& [type, data] : recipe.extra) put_chunk(out, type, data);
  if (!recipe.palette.empty()) put_chunk(out, "PLTE", recipe.palette);
  if (!recipe.transparency.empty()) put_chunk(out, "tRNS", recipe.transparency);
  Bytes raw;
  if (recipe.interlaced) {
    constexpr int kPasses[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                   {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    for (const auto& p : kPasses) put_pass(raw, width, height, recipe, p[0], p[1], p[2], p[3], sample);
  } else {
    put_pass(raw, width, height, recipe, 0, 0, 1, 1, sample);
  }
  uLongf size = compressBound(static_cast<uLong>(raw.size()));
  Bytes packed(size);
  compress2(packed.data(), &size, raw.data(), static_cast<uLong>(raw.size()), 1);
  packed.resize(size);
  put_chunk(out, "IDAT", packed);
  put_chunk(out, "IEND", {});
  return out;
}

}  // namespace

Bytes png(int width, int height, const PngRecipe& recipe, std::uint32_t (*sample)(int, int, int)) {
  return write(width, height, recipe, sample);
}

Bytes png(const Pixels& pixels) {
  return write(pixels.width, pixels.height, {}, [&](int x, int y, int c) -> std::uint32_t {
    return pixels.rgba[static_cast<std::size_t>(y * pixels.width + x) * 4 + static_cast<std::size_t>(c)];
  });
}

Bytes png_header(std::uint32_t width, std::uint32_t height) {
  Bytes out = header(width, height, {});
  put_be(out, 1000);  // an IDAT that has only begun
  for (const char c : {'I', 'D', 'A', 'T'}) out.push_back(static_cast<std::uint8_t>(c));
  return out;
}

}  // namespace vignette::pictures
