#pragma once
// What decode(), thumbnail() and model_copy() share: decoding without turning upright, so that a small
// picture can be turned after shrinking.
#include "shared/image/decode.hpp"
#include "shared/image/probe.hpp"

namespace vignette {

struct Stored {
  Pixels pixels;  ///< as the file lays them out
  ImageInfo info;
};
/// probe() and then the decoder for the format.
Result<Stored> decode_stored(ByteView bytes, const DecodeOptions& options);

Result<Pixels> decode_jpeg(ByteView bytes, const ImageInfo& info, int at_least_long_side);
Result<Pixels> decode_webp(ByteView bytes, const ImageInfo& info, int at_least_long_side);
/// PNG, GIF, BMP, TGA, PSD, PNM and HDR.
Result<Pixels> decode_stb(ByteView bytes, const ImageInfo& info);

/// Zeroed pixels, or TooLarge where memory ends: nothing here may throw, and wasm would abort.
Result<Pixels> blank_pixels(int width, int height);
Error out_of_memory(int width, int height);
/// "This PNG picture is damaged", with the library's own words for why.
Error damaged(Format format, std::string_view reason);

}  // namespace vignette
