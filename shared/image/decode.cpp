#include "shared/image/decode.hpp"

#include <cstdlib>

#include "shared/image/decoders.hpp"
#include "shared/image/orient.hpp"

namespace vignette {

Result<Stored> decode_stored(ByteView bytes, const DecodeOptions& options) {
  const Result<ImageInfo> info = probe(bytes, options.limits, options.name_hint);
  if (!info) return info.error();
  if (decoder_of(info->format) != DecodedBy::Us) return cannot_decode(info->format);
  const auto run = [&]() -> Result<Pixels> {
    switch (info->format) {
      case Format::Jpeg: return decode_jpeg(bytes, *info, options.at_least_long_side);
      case Format::WebP: return decode_webp(bytes, *info, options.at_least_long_side);
      default: return decode_stb(bytes, *info);
    }
  };
  Result<Pixels> pixels = run();
  if (!pixels) return pixels.error();
  return Stored{std::move(*pixels), *info};
}

Result<Pixels> decode(ByteView bytes, const DecodeOptions& options) {
  Result<Stored> stored = decode_stored(bytes, options);
  if (!stored) return stored.error();
  return orient(std::move(stored->pixels), stored->info.orientation);
}

Result<Pixels> blank_pixels(int width, int height) {
  const std::uint64_t size =
      std::uint64_t{4} * static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height);
  // Ask first: a vector cannot say no without exceptions.
  void* trial = size < SIZE_MAX / 2 ? std::malloc(static_cast<std::size_t>(size)) : nullptr;
  if (trial == nullptr) return out_of_memory(width, height);
  std::free(trial);
  return Pixels{width, height, Bytes(static_cast<std::size_t>(size))};
}

Error out_of_memory(int width, int height) {
  return {ErrorCode::TooLarge,
          "There is not enough memory to decode " + std::to_string(width) + "×" + std::to_string(height) +
              " pixels.",
          "Close other tabs, or resize the picture first."};
}

Error damaged(Format format, std::string_view reason) {
  return {ErrorCode::InvalidInput,
          std::string("This ") + name_of(format) + " picture is damaged (" + std::string(reason) + ").",
          "Copy the file again from where it came from, or leave it out."};
}

}  // namespace vignette
