#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>

#define STBI_NO_STDIO
#include <stb_image.h>

#include "shared/image/decoders.hpp"
#include "shared/image/gif_blocks.hpp"
#include "shared/image/png_chunks.hpp"
#include "shared/image/probe_formats.hpp"

namespace vignette {
namespace {

/// Hands the file to stb_image, and notices when it asks for more than there is: it then goes on with zeros,
/// and what it returns is a picture with a black end.
struct Reader {
  ByteView bytes;
  std::size_t at = 0;
  bool starved = false;

  static int read(void* self, char* out, int size) {
    auto& reader = *static_cast<Reader*>(self);
    const std::size_t count = std::min(static_cast<std::size_t>(size), reader.bytes.size() - reader.at);
    // stb refills its buffer by 128 bytes, where less is normal at the end; any other size it needs in full.
    constexpr int kRefill = 128;
    if (count < static_cast<std::size_t>(size) && (count == 0 || size != kRefill)) reader.starved = true;
    if (count > 0) std::memcpy(out, reader.bytes.data() + reader.at, count);
    reader.at += count;
    return static_cast<int>(count);
  }
  static void skip(void* self, int count) {
    auto& reader = *static_cast<Reader*>(self);
    const std::size_t left = reader.bytes.size() - reader.at;
    if (count < 0) {  // stb gives back what it read ahead
      reader.at -= std::min(reader.at, static_cast<std::size_t>(-static_cast<std::int64_t>(count)));
    } else if (static_cast<std::size_t>(count) > left) {
      reader.at = reader.bytes.size();
      reader.starved = true;
    } else {
      reader.at += static_cast<std::size_t>(count);
    }
  }
  static int ended(void* self) {
    const auto& reader = *static_cast<Reader*>(self);
    return reader.at >= reader.bytes.size() ? 1 : 0;
  }
};

constexpr stbi_io_callbacks kCallbacks = {Reader::read, Reader::skip, Reader::ended};

struct FreeStb {
  void operator()(void* memory) const { stbi_image_free(memory); }
};

Error failure(const Reader& reader, const ImageInfo& info) {
  const std::string_view reason = stbi_failure_reason() != nullptr ? stbi_failure_reason() : "unreadable";
  if (reason == "outofmem") return out_of_memory(info.stored_width, info.stored_height);
  if (reader.starved) return cut_short(info.format);
  const bool kind = reason == "wrong color format" || reason == "unsupported bit depth" ||
                    reason == "BMP RLE" || reason == "unknown BMP" || reason == "bad compression" ||
                    reason == "wrong channel count";
  if (kind) {
    return {ErrorCode::Unsupported,
            std::string("This is a rare kind of ") + name_of(info.format) + " (" + std::string(reason) + ").",
            "Convert it to PNG first."};
  }
  return damaged(info.format, reason);
}

/// PNG and GIF say where they end, so a cut can be told apart from damage before decoding.
bool is_whole(ByteView bytes, Format format) {
  if (format == Format::Gif) return summarise_gif(bytes).first_frame_whole;
  if (format != Format::Png) return true;
  PngChunks chunks(bytes);
  while (const auto chunk = chunks.next()) {
    if (chunk->type == "IEND") return true;
  }
  return false;
}

constexpr float kHalf = 0.5F;  // rounds what is never negative

std::uint8_t srgb_from_linear(float light) {
  const float clamped = std::clamp(light, 0.0F, 1.0F);
  const float coded =
      clamped <= 0.0031308F ? clamped * 12.92F : 1.055F * std::pow(clamped, 1 / 2.4F) - 0.055F;
  return static_cast<std::uint8_t>(coded * 255 + kHalf);
}

/// Light of any range to 8 bits: the picture's average brightness (of the logarithm, as eyes see) becomes
/// middle grey, and Reinhard's curve bends what is brighter towards white instead of cutting it off.
Pixels tone_map(const float* light, Pixels pixels) {
  const std::size_t count = pixels.rgba.size() / 4;
  const auto luminance = [&](std::size_t i) {
    return 0.2126F * light[i * 3] + 0.7152F * light[i * 3 + 1] + 0.0722F * light[i * 3 + 2];
  };
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += std::log(static_cast<double>(luminance(i)) + 1e-4);
  const float exposure = 0.18F / static_cast<float>(std::exp(sum / static_cast<double>(count)));
  for (std::size_t i = 0; i < count; ++i) {
    const float bent = exposure / (1 + exposure * luminance(i));
    for (std::size_t c = 0; c < 3; ++c) pixels.rgba[i * 4 + c] = srgb_from_linear(light[i * 3 + c] * bent);
    pixels.rgba[i * 4 + 3] = 255;
  }
  return pixels;
}

}  // namespace

Result<Pixels> decode_stb(ByteView bytes, const ImageInfo& info) {
  if (!is_whole(bytes, info.format)) return cut_short(info.format);
  Reader reader{bytes};
  int width = 0, height = 0, channels = 0;
  const bool hdr = info.format == Format::Hdr;
  const std::unique_ptr<void, FreeStb> decoded(
      hdr ? static_cast<void*>(stbi_loadf_from_callbacks(&kCallbacks, &reader, &width, &height, &channels, 3))
          : static_cast<void*>(
                stbi_load_from_callbacks(&kCallbacks, &reader, &width, &height, &channels, 4)));
  if (!decoded) return failure(reader, info);
  if (reader.starved && info.format != Format::Png && info.format != Format::Gif)
    return cut_short(info.format);
  if (width != info.stored_width || height != info.stored_height) return damaged_header(info.format);
  Result<Pixels> pixels = blank_pixels(width, height);
  if (!pixels) return pixels;
  if (hdr) return tone_map(static_cast<const float*>(decoded.get()), std::move(*pixels));
  std::memcpy(pixels->rgba.data(), decoded.get(), pixels->rgba.size());
  return pixels;
}

}  // namespace vignette
