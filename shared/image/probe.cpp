#include "shared/image/probe.hpp"

#include "shared/image/exif.hpp"
#include "shared/image/orient.hpp"
#include "shared/image/probe_formats.hpp"

namespace vignette {
namespace {

Result<ImageInfo> read_header(ByteView bytes, Format format) {
  switch (format) {
    case Format::Jpeg: return probe_jpeg(bytes);
    case Format::Png: return probe_png(bytes);
    case Format::Gif: return probe_gif(bytes);
    case Format::Bmp: return probe_bmp(bytes);
    case Format::WebP: return probe_webp(bytes);
    case Format::Tga: return probe_tga(bytes);
    case Format::Psd: return probe_psd(bytes);
    case Format::Pnm: return probe_pnm(bytes);
    case Format::Hdr: return probe_hdr(bytes);
    case Format::Avif:
    case Format::Heic: return probe_heif(bytes);
    case Format::Tiff:
    case Format::Jxl:
    case Format::Unknown: break;
  }
  return cannot_decode(format);
}

}  // namespace

Error damaged_header(Format format) {
  return {ErrorCode::InvalidInput,
          std::string("The header of this ") + name_of(format) + " picture is damaged.",
          "Copy the file again from where it came from, or leave it out."};
}

Error cut_short(Format format) {
  return {ErrorCode::Truncated, std::string("The end of this ") + name_of(format) + " picture is missing.",
          "The copy or download was probably interrupted: fetch the file again."};
}

Result<ImageInfo> probe(ByteView bytes, const Limits& limits, std::string_view name_hint) {
  if (bytes.empty()) {
    return Error{ErrorCode::InvalidInput, "This file is empty.", "Copy it again from where it came from."};
  }
  const Format format = sniff(bytes, name_hint);
  Result<ImageInfo> read = read_header(bytes, format);
  if (!read) return read;
  ImageInfo& info = *read;
  info.format = format;
  const auto allowed = check_limits(info.stored_width, info.stored_height, bytes.size(), limits);
  if (!allowed) return allowed.error();
  if (format != Format::Avif && format != Format::Heic) {
    const Exif exif = read_exif(find_exif(bytes, format));
    info.orientation = exif.orientation;
    info.taken = exif.taken;
  }
  info.width = swaps_sides(info.orientation) ? info.stored_height : info.stored_width;
  info.height = swaps_sides(info.orientation) ? info.stored_width : info.stored_height;
  return read;
}

}  // namespace vignette
