#pragma once
// Pictures and picture files made by code, so that no test depends on a file somebody drew. Written against
// the libraries and the specifications rather than against our own encoders, which are among what is tested.
#include <array>
#include <string_view>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/image/pixels.hpp"

namespace vignette::pictures {

/// Something like a photograph: soft shapes, edges, texture and a little sensor noise. The same seed gives
/// the same picture everywhere. A `grain` of 2.5 makes a JPEG as large as a phone would.
Pixels photo(int width, int height, std::uint32_t seed = 1, float grain = 1);
Pixels plain(int width, int height, Colour colour, std::uint8_t alpha = 255);
/// Four plain quarters: red, green / blue, white. Turning it is visible even after JPEG.
Pixels quarters(int width, int height);

Colour at(const Pixels& pixels, int x, int y);
bool near(Colour a, Colour b, int tolerance);
/// Peak signal to noise over R, G and B, in dB. 99 when equal.
double psnr(const Pixels& a, const Pixels& b);

enum class JpegKind { Colour, Grey, Cmyk, Ycck };
struct JpegRecipe {
  int quality = 90;
  JpegKind kind = JpegKind::Colour;
  int h_samp = 2, v_samp = 2;  ///< luminance samples per chrominance sample
  bool progressive = false;
  bool arithmetic = false;
  int restart_rows = 0;
};
Bytes jpeg(const Pixels& pixels, const JpegRecipe& recipe = {});
/// Puts a segment right behind the start of a JPEG.
Bytes with_segment(const Bytes& jpeg, std::uint8_t marker, ByteView payload);
Bytes with_exif(const Bytes& jpeg, int orientation, std::string_view date = {}, bool little_endian = false);
/// The TIFF block of such EXIF data.
Bytes exif_block(int orientation, std::string_view date = {}, bool little_endian = false);

struct PngRecipe {
  int depth = 8;
  int colour_type = 6;  ///< 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA
  bool interlaced = false;
  Bytes palette;                                          ///< PLTE
  Bytes transparency;                                     ///< tRNS
  Bytes exif;                                             ///< eXIf
  std::vector<std::pair<std::string_view, Bytes>> extra;  ///< chunks in front of the data
};
/// `sample(x, y, channel)` gives the raw value, 0 to 2^depth − 1.
Bytes png(int width, int height, const PngRecipe& recipe, std::uint32_t (*sample)(int x, int y, int channel));
/// The same for RGBA pixels at hand.
Bytes png(const Pixels& pixels);
/// A PNG that ends after a header claiming this size.
Bytes png_header(std::uint32_t width, std::uint32_t height);

Bytes webp(const Pixels& pixels, bool lossless, float quality = 90);
/// Wraps a simple WebP into the extended form with the given metadata chunks.
Bytes extended_webp(const Bytes& simple, int width, int height, ByteView exif, ByteView xmp);
/// Frames drawn at (left, top) of a canvas.
struct WebpFrame {
  Bytes simple;
  int left = 0, top = 0, width = 0, height = 0;
};
Bytes animated_webp(int width, int height, const std::vector<WebpFrame>& frames);

Bytes bmp(const Pixels& pixels);
Bytes tga(const Pixels& pixels, bool compressed = false);
Bytes psd(const Pixels& pixels);
Bytes ppm(const Pixels& pixels);
/// Flat, uncompressed Radiance: `exponent` scales all colours by 2^exponent.
Bytes hdr(const Pixels& pixels, int exponent = 0);
/// A GIF of plain frames; the palette is black, red, green, blue. `indexes` is one colour per frame.
Bytes gif(int width, int height, const std::vector<int>& indexes);

}  // namespace vignette::pictures
