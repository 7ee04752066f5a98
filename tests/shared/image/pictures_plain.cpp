#include <algorithm>
#include <string>

#include "tests/shared/image/pictures.hpp"

namespace vignette::pictures {
namespace {

void put_u16be(Bytes& out, int v) {
  out.push_back(static_cast<std::uint8_t>(v >> 8));
  out.push_back(static_cast<std::uint8_t>(v));
}
void put_u32be(Bytes& out, int v) {
  put_u16be(out, v >> 16);
  put_u16be(out, v);
}
void put_text(Bytes& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }

const std::uint8_t* pixel(const Pixels& pixels, int x, int y) {
  return pixels.rgba.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) +
                               static_cast<std::size_t>(x)) *
                                  4;
}

}  // namespace

// 24 bits, bottom-up, rows padded to 4 bytes
Bytes bmp(const Pixels& pixels) {
  Bytes out = {'B', 'M'};
  const std::size_t row = (static_cast<std::size_t>(pixels.width) * 3 + 3) / 4 * 4;
  put_u32le(out, 54 + row * static_cast<std::size_t>(pixels.height));
  put_u32le(out, 0);
  put_u32le(out, 54);
  put_u32le(out, 40);
  put_u32le(out, static_cast<std::uint32_t>(pixels.width));
  put_u32le(out, static_cast<std::uint32_t>(pixels.height));
  put_u16le(out, 1);
  put_u16le(out, 24);
  for (int i = 0; i < 6; ++i) put_u32le(out, 0);
  for (int y = pixels.height - 1; y >= 0; --y) {
    const std::size_t start = out.size();
    for (int x = 0; x < pixels.width; ++x) {
      const std::uint8_t* p = pixel(pixels, x, y);
      out.insert(out.end(), {p[2], p[1], p[0]});
    }
    out.resize(start + row);
  }
  return out;
}

// 32 bits, top-down; compressed means runs of up to 128 equal pixels, each behind a byte of 127 + length
Bytes tga(const Pixels& pixels, bool compressed) {
  Bytes out(18);
  out[2] = compressed ? 10 : 2;
  out[12] = static_cast<std::uint8_t>(pixels.width), out[13] = static_cast<std::uint8_t>(pixels.width >> 8);
  out[14] = static_cast<std::uint8_t>(pixels.height), out[15] = static_cast<std::uint8_t>(pixels.height >> 8);
  out[16] = 32;
  out[17] = 0x28;
  for (int y = 0; y < pixels.height; ++y) {
    for (int x = 0; x < pixels.width;) {
      const std::uint8_t* p = pixel(pixels, x, y);
      int run = 1;
      while (compressed && x + run < pixels.width && run < 128 &&
             std::equal(p, p + 4, pixel(pixels, x + run, y)))
        ++run;
      if (compressed) out.push_back(static_cast<std::uint8_t>(127 + run));
      out.insert(out.end(), {p[2], p[1], p[0], p[3]});
      x += run;
    }
  }
  return out;
}

// RGB planes, uncompressed
Bytes psd(const Pixels& pixels) {
  Bytes out;
  put_text(out, "8BPS");
  put_u16be(out, 1);
  out.resize(out.size() + 6);
  put_u16be(out, 3);
  put_u32be(out, pixels.height);
  put_u32be(out, pixels.width);
  put_u16be(out, 8);
  put_u16be(out, 3);
  for (int i = 0; i < 3; ++i) put_u32be(out, 0);  // palette, resources, layers: none
  put_u16be(out, 0);                              // not compressed
  for (int c = 0; c < 3; ++c) {
    for (int y = 0; y < pixels.height; ++y) {
      for (int x = 0; x < pixels.width; ++x) out.push_back(pixel(pixels, x, y)[c]);
    }
  }
  return out;
}

Bytes ppm(const Pixels& pixels) {
  Bytes out;
  put_text(out, "P6\n# made by a test\n" + std::to_string(pixels.width) + " " +
                    std::to_string(pixels.height) + "\n255\n");
  for (int y = 0; y < pixels.height; ++y) {
    for (int x = 0; x < pixels.width; ++x)
      out.insert(out.end(), pixel(pixels, x, y), pixel(pixels, x, y) + 3);
  }
  return out;
}

Bytes hdr(const Pixels& pixels, int exponent) {
  Bytes out;
  put_text(out, "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y " + std::to_string(pixels.height) + " +X " +
                    std::to_string(pixels.width) + "\n");
  for (int y = 0; y < pixels.height; ++y) {
    for (int x = 0; x < pixels.width; ++x) {
      const std::uint8_t* p = pixel(pixels, x, y);
      out.insert(out.end(), {p[0], p[1], p[2], static_cast<std::uint8_t>(128 + exponent)});
    }
  }
  return out;
}

namespace {

/// GIF's codes, least significant bit first, here always 3 bits: a clear code (4) in front of every other
/// pixel keeps the table from growing, so nothing needs to be compressed.
Bytes lzw(int count, int index) {
  Bytes out;
  std::uint32_t bits = 0;
  int filled = 0;
  const auto put = [&](unsigned code) {
    bits |= code << filled;
    for (filled += 3; filled >= 8; filled -= 8, bits >>= 8) out.push_back(static_cast<std::uint8_t>(bits));
  };
  for (int i = 0; i < count; ++i) {
    if (i % 2 == 0) put(4);
    put(static_cast<unsigned>(index));
  }
  put(5);
  if (filled > 0) out.push_back(static_cast<std::uint8_t>(bits));
  return out;
}

}  // namespace

Bytes gif(int width, int height, const std::vector<int>& indexes) {
  Bytes out;
  put_text(out, "GIF89a");
  put_u16le(out, static_cast<std::uint32_t>(width));
  put_u16le(out, static_cast<std::uint32_t>(height));
  out.insert(out.end(), {0x81, 0, 0});
  out.insert(out.end(), {0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255});
  for (const int index : indexes) {
    out.insert(out.end(), {0x21, 0xF9, 4, 0, 10, 0, 0, 0});  // graphic control: 100 ms
    out.push_back(0x2C);
    put_u32le(out, 0);
    put_u16le(out, static_cast<std::uint32_t>(width));
    put_u16le(out, static_cast<std::uint32_t>(height));
    out.push_back(0);
    out.push_back(2);  // minimum code size
    const Bytes coded = lzw(width * height, index);
    for (std::size_t at = 0; at < coded.size(); at += 255) {
      const std::size_t size = std::min<std::size_t>(255, coded.size() - at);
      out.push_back(static_cast<std::uint8_t>(size));
      out.insert(out.end(), coded.begin() + static_cast<std::ptrdiff_t>(at),
                 coded.begin() + static_cast<std::ptrdiff_t>(at + size));
    }
    out.push_back(0);
  }
  out.push_back(0x3B);
  return out;
}

}  // namespace vignette::pictures
