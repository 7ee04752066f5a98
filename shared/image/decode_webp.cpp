#include <algorithm>
#include <cstring>
#include <webp/decode.h>

#include "shared/image/decoders.hpp"
#include "shared/image/probe_formats.hpp"
#include "shared/image/webp_chunks.hpp"

namespace vignette {
namespace {

struct Frame {
  ByteView data;
  int left = 0, top = 0;
};

/// An animation's first frame. Its chunk starts with  left24 / 2 | top24 / 2 | width24 − 1 | height24 − 1 |
/// duration24 | flags8,  and goes on with the chunks of a still picture, which libwebp takes as they are.
Result<Frame> first_frame(ByteView bytes) {
  WebpChunks chunks(bytes);
  while (const auto chunk = chunks.next()) {
    if (chunk->fourcc != "ANMF") continue;
    if (!chunk->whole) return cut_short(Format::WebP);
    if (chunk->data.size() < 16) return damaged_header(Format::WebP);
    return Frame{chunk->data.subspan(16), static_cast<int>(read_u24le(chunk->data, 0) * 2),
                 static_cast<int>(read_u24le(chunk->data, 3) * 2)};
  }
  return cut_short(Format::WebP);
}

Error failure(VP8StatusCode status, const ImageInfo& info) {
  switch (status) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED: return cut_short(Format::WebP);
    case VP8_STATUS_OUT_OF_MEMORY: return out_of_memory(info.stored_width, info.stored_height);
    case VP8_STATUS_UNSUPPORTED_FEATURE: return damaged(Format::WebP, "it uses an unknown feature");
    default: return damaged(Format::WebP, "its coded data make no sense");
  }
}

/// Decodes `data` to width×height pixels of `into`, whose rows are `stride` bytes.
VP8StatusCode decode_into(ByteView data, std::uint8_t* into, std::size_t stride, Size size, bool scale) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) return VP8_STATUS_INVALID_PARAM;
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = into;
  config.output.u.RGBA.stride = static_cast<int>(stride);
  config.output.u.RGBA.size =
      stride * static_cast<std::size_t>(size.height - 1) + static_cast<std::size_t>(size.width) * 4;
  if (scale) {
    config.options.use_scaling = 1;
    config.options.scaled_width = size.width;
    config.options.scaled_height = size.height;
    config.options.bypass_filtering = 0;
  }
  return WebPDecode(data.data(), data.size(), &config);
}

}  // namespace

Result<Pixels> decode_webp(ByteView bytes, const ImageInfo& info, int at_least_long_side) {
  Frame frame{bytes};
  if (info.animated) {
    const Result<Frame> first = first_frame(bytes);
    if (!first) return first.error();
    frame = *first;
  }
  WebPBitstreamFeatures features;
  const VP8StatusCode status = WebPGetFeatures(frame.data.data(), frame.data.size(), &features);
  if (status != VP8_STATUS_OK) return failure(status, info);
  const bool whole_canvas = features.width == info.stored_width && features.height == info.stored_height;
  const Size stored{info.stored_width, info.stored_height};
  // The decoder averages while it decodes, which saves memory more than time.
  const Size size = whole_canvas && at_least_long_side > 0 ? fit_inside(stored, at_least_long_side) : stored;
  const bool fits = frame.left + features.width <= size.width && frame.top + features.height <= size.height;
  if (!whole_canvas && (!info.animated || !fits)) return damaged_header(Format::WebP);

  Result<Pixels> pixels = blank_pixels(size.width, size.height);
  if (!pixels) return pixels;
  const std::size_t stride = static_cast<std::size_t>(size.width) * 4;
  std::uint8_t* into = pixels->rgba.data();
  if (!whole_canvas)
    into += static_cast<std::size_t>(frame.top) * stride + static_cast<std::size_t>(frame.left) * 4;
  const Size decoded = whole_canvas ? size : Size{features.width, features.height};
  const VP8StatusCode end = decode_into(frame.data, into, stride, decoded, !(size == stored));
  if (end != VP8_STATUS_OK) return failure(end, info);
  return pixels;
}

}  // namespace vignette
