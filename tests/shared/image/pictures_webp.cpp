#include <webp/encode.h>

#include "tests/shared/image/pictures.hpp"

namespace vignette::pictures {
namespace {

void put_u24le(Bytes& out, int v) {
  for (const int shift : {0, 8, 16}) out.push_back(static_cast<std::uint8_t>(v >> shift));
}

void put_chunk(Bytes& out, std::string_view fourcc, ByteView data) {
  out.insert(out.end(), fourcc.begin(), fourcc.end());
  put_u32le(out, data.size());
  out.insert(out.end(), data.begin(), data.end());
  if (data.size() % 2 != 0) out.push_back(0);
}

Bytes riff(const Bytes& chunks) {
  Bytes out = {'R', 'I', 'F', 'F'};
  put_u32le(out, chunks.size() + 4);
  for (const char c : {'W', 'E', 'B', 'P'}) out.push_back(static_cast<std::uint8_t>(c));
  out.insert(out.end(), chunks.begin(), chunks.end());
  return out;
}

Bytes vp8x(int flags, int width, int height) {
  Bytes out = {static_cast<std::uint8_t>(flags), 0, 0, 0};
  put_u24le(out, width - 1);
  put_u24le(out, height - 1);
  return out;
}

}  // namespace

Bytes webp(const Pixels& pixels, bool lossless, float quality) {
  std::uint8_t* memory = nullptr;
  const std::size_t size = lossless ? WebPEncodeLosslessRGBA(pixels.rgba.data(), pixels.width, pixels.height,
                                                             pixels.width * 4, &memory)
                                    : WebPEncodeRGBA(pixels.rgba.data(), pixels.width, pixels.height,
                                                     pixels.width * 4, quality, &memory);
  Bytes out(memory, memory + size);
  WebPFree(memory);
  return out;
}

Bytes extended_webp(const Bytes& simple, int width, int height, ByteView exif, ByteView xmp) {
  Bytes chunks;
  put_chunk(chunks, "VP8X", vp8x((exif.empty() ? 0 : 8) | (xmp.empty() ? 0 : 4), width, height));
  chunks.insert(chunks.end(), simple.begin() + 12, simple.end());
  if (!exif.empty()) put_chunk(chunks, "EXIF", exif);
  if (!xmp.empty()) put_chunk(chunks, "XMP ", xmp);
  return riff(chunks);
}

Bytes animated_webp(int width, int height, const std::vector<WebpFrame>& frames) {
  Bytes chunks;
  put_chunk(chunks, "VP8X", vp8x(2, width, height));
  put_chunk(chunks, "ANIM", Bytes(6));
  for (const WebpFrame& frame : frames) {
    Bytes data;
    put_u24le(data, frame.left / 2);
    put_u24le(data, frame.top / 2);
    put_u24le(data, frame.width - 1);
    put_u24le(data, frame.height - 1);
    put_u24le(data, 100);
    data.push_back(0);
    data.insert(data.end(), frame.simple.begin() + 12, frame.simple.end());
    put_chunk(chunks, "ANMF", data);
  }
  return riff(chunks);
}

}  // namespace vignette::pictures
