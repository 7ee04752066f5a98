#include "shared/image/format.hpp"

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

bool has(ByteView bytes, std::size_t at, std::string_view magic) {
  return bytes.size() >= at + magic.size() && as_text(bytes.subspan(at, magic.size())) == magic;
}

/// ISO media files name their kind as a brand; "mif1" alone does not say which codec, so the compatible
/// brands that follow decide.
Format sniff_ftyp(ByteView bytes) {
  const std::size_t end =
      std::min<std::size_t>(bytes.size(), std::min<std::size_t>(read_u32be(bytes, 0), 256));
  for (std::size_t at = 8; at + 4 <= end;
       at += at == 8 ? 8 : 4) {  // the 4 bytes after the major brand are its version
    const std::string_view brand = as_text(bytes.subspan(at, 4));
    if (brand == "avif" || brand == "avis") return Format::Avif;
    for (const std::string_view heic : {"heic", "heix", "hevc", "hevx", "heim", "heis"}) {
      if (brand == heic) return Format::Heic;
    }
  }
  return has(bytes, 8, "mif1") || has(bytes, 8, "msf1") ? Format::Heic : Format::Unknown;
}

bool plausible_tga(ByteView b) {
  if (b.size() < 18) return false;
  const int palette = b[1], kind = b[2], depth = b[16];
  const bool kind_known = kind == 1 || kind == 2 || kind == 3 || kind == 9 || kind == 10 || kind == 11;
  const bool depth_known = depth == 8 || depth == 15 || depth == 16 || depth == 24 || depth == 32;
  return palette <= 1 && kind_known && depth_known && read_u16le(b, 12) > 0 && read_u16le(b, 14) > 0;
}

}  // namespace

Format sniff(ByteView bytes, std::string_view name_hint) {
  if (has(bytes, 0, "\xFF\xD8\xFF")) return Format::Jpeg;
  if (has(bytes, 0, "\x89PNG\r\n\x1A\n")) return Format::Png;
  if (has(bytes, 0, "GIF87a") || has(bytes, 0, "GIF89a")) return Format::Gif;
  if (has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP")) return Format::WebP;
  if (has(bytes, 0, "8BPS")) return Format::Psd;
  if (has(bytes, 0, "#?RADIANCE\n") || has(bytes, 0, "#?RGBE\n")) return Format::Hdr;
  if (has(bytes, 0, std::string_view("II*\0", 4)) || has(bytes, 0, std::string_view("MM\0*", 4)) ||
      has(bytes, 0, std::string_view("II+\0", 4)) || has(bytes, 0, std::string_view("MM\0+", 4))) {
    return Format::Tiff;
  }
  if (has(bytes, 0, "\xFF\x0A") || has(bytes, 0, std::string_view("\0\0\0\x0CJXL \r\n\x87\n", 12)))
    return Format::Jxl;
  if (bytes.size() >= 12 && has(bytes, 4, "ftyp")) return sniff_ftyp(bytes);
  // The two-letter signatures come last and are checked further, for many a text starts with "BM" or "P5".
  if (has(bytes, 0, "BM") && bytes.size() >= 18) {
    const std::uint32_t header = read_u32le(bytes, 14);
    if (header == 12 || (header >= 40 && header <= 128)) return Format::Bmp;
  }
  if (bytes.size() >= 3 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6' &&
      (bytes[2] == ' ' || bytes[2] == '\t' || bytes[2] == '\n' || bytes[2] == '\r' || bytes[2] == '#')) {
    return Format::Pnm;
  }
  const std::string name = to_lower_ascii(name_hint);
  if (name.size() > 4 && name.compare(name.size() - 4, 4, ".tga") == 0 && plausible_tga(bytes))
    return Format::Tga;
  return Format::Unknown;
}

namespace {

struct Row {
  const char* name;
  const char* mime;
  const char* extension;
  DecodedBy decoder;
};

const Row& row(Format format) {
  static constexpr Row kRows[] = {
      {"unknown", "application/octet-stream", "bin", DecodedBy::Nobody},
      {"JPEG", "image/jpeg", "jpg", DecodedBy::Us},
      {"PNG", "image/png", "png", DecodedBy::Us},
      {"GIF", "image/gif", "gif", DecodedBy::Us},
      {"BMP", "image/bmp", "bmp", DecodedBy::Us},
      {"WebP", "image/webp", "webp", DecodedBy::Us},
      {"TGA", "image/x-tga", "tga", DecodedBy::Us},
      {"PSD", "image/vnd.adobe.photoshop", "psd", DecodedBy::Us},
      {"PNM", "image/x-portable-anymap", "pnm", DecodedBy::Us},
      {"Radiance HDR", "image/vnd.radiance", "hdr", DecodedBy::Us},
      {"AVIF", "image/avif", "avif", DecodedBy::Browser},
      {"HEIC", "image/heic", "heic", DecodedBy::Browser},
      {"TIFF", "image/tiff", "tif", DecodedBy::Nobody},
      {"JPEG XL", "image/jxl", "jxl", DecodedBy::Nobody},
  };
  return kRows[static_cast<std::size_t>(format)];
}

}  // namespace

const char* name_of(Format format) { return row(format).name; }
const char* mime_of(Format format) { return row(format).mime; }
const char* extension_of(Format format) { return row(format).extension; }
DecodedBy decoder_of(Format format) { return row(format).decoder; }

Error cannot_decode(Format format) {
  if (format == Format::Unknown) {
    return {ErrorCode::InvalidInput, "This file is not a picture in any format we know.",
            "Use JPEG, PNG, WebP, GIF, BMP, AVIF or HEIC."};
  }
  const std::string name = name_of(format);
  if (decoder_of(format) == DecodedBy::Browser) {
    return {ErrorCode::Unsupported,
            "This " + name + " picture can only be decoded by the browser, and this one cannot.",
            format == Format::Heic ? "Open it in Safari, or convert it to JPEG first."
                                   : "Use an up-to-date browser, or convert it to JPEG or PNG first."};
  }
  return {ErrorCode::Unsupported, name + " pictures cannot be opened here.",
          "Convert it to PNG or JPEG first."};
}

}  // namespace vignette
