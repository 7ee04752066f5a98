#pragma once
#include <cstdint>
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace vignette {

enum class Format : std::uint8_t {
  Unknown,
  Jpeg,
  Png,
  Gif,
  Bmp,
  WebP,
  Tga,
  Psd,
  Pnm,
  Hdr,
  Avif,
  Heic,
  Tiff,
  Jxl,
};

/// What the bytes are, whatever the file is called: by their first bytes. A TGA has no signature, so it is
/// only recognised when `name_hint` ends in .tga and the header is plausible.
Format sniff(ByteView bytes, std::string_view name_hint = {});

const char* mime_of(Format format);       ///< "image/jpeg"
const char* extension_of(Format format);  ///< "jpg", without the dot
const char* name_of(Format format);       ///< "JPEG", for people

enum class DecodedBy : std::uint8_t {
  Us,       ///< decode() does it
  Browser,  ///< createImageBitmap may: AVIF everywhere, HEIC in Safari
  Nobody,
};
DecodedBy decoder_of(Format format);

/// Why decode() will not take this format, and what to do about it. Only for formats that are not
/// DecodedBy::Us.
Error cannot_decode(Format format);

}  // namespace vignette
