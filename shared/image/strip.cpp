#include "shared/image/strip.hpp"

#include <algorithm>

#include "shared/image/exif.hpp"
#include "shared/image/format.hpp"
#include "shared/image/jpeg_segments.hpp"
#include "shared/image/png_chunks.hpp"
#include "shared/image/png_writer.hpp"
#include "shared/image/probe_formats.hpp"
#include "shared/image/webp_chunks.hpp"

// Nothing here lists what to remove: what the decoder needs is kept, and all the rest goes. So a maker's note
// that nobody has heard of yet goes as well.

namespace vignette {
namespace {

void append(Bytes& out, ByteView bytes) {
  const std::size_t at = out.size();
  out.resize(at + bytes.size());
  std::copy(bytes.begin(), bytes.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
}

bool keeps_jpeg_segment(const JpegSegment& s) {
  if (s.marker == jpeg_marker::kComment) return false;
  if (s.marker < jpeg_marker::kApp0 || s.marker > jpeg_marker::kApp15) return true;
  if (s.marker == jpeg_marker::kApp2) return starts_with(s.payload, std::string_view("ICC_PROFILE\0", 12));
  return s.marker == jpeg_marker::kApp14 && starts_with(s.payload, "Adobe");
}

/// JFIF says the pixels' density and that colours are YCbCr; it may also hold a thumbnail, which stays
/// behind. It goes first, as it should have been.
void append_jfif(Bytes& out, ByteView jpeg) {
  JpegSegments segments(jpeg);
  while (const auto s = segments.next()) {
    if (s->marker == jpeg_marker::kSos) return;
    const bool jfif =
        s->marker == jpeg_marker::kApp0 && starts_with(s->payload, std::string_view("JFIF\0", 5));
    if (!jfif || s->payload.size() < 14) continue;
    out.insert(out.end(), {0xFF, jpeg_marker::kApp0, 0, 16});
    append(out, s->payload.first(12));
    out.insert(out.end(), {0, 0});
    return;
  }
}

void append_exif_segment(Bytes& out, int orientation) {
  const Bytes tiff = minimal_exif(orientation);
  out.insert(out.end(), {0xFF, jpeg_marker::kApp1, 0, static_cast<std::uint8_t>(2 + 6 + tiff.size())});
  append(out, as_bytes(std::string_view("Exif\0\0", 6)));
  append(out, tiff);
}

Result<Bytes> strip_jpeg(ByteView bytes, int orientation) {
  Bytes out;
  out.reserve(bytes.size());
  append(out, bytes.first(2));
  append_jfif(out, bytes);
  if (orientation != 1) append_exif_segment(out, orientation);
  JpegSegments segments(bytes);
  while (const auto segment = segments.next()) {
    const ByteView whole = bytes.subspan(segment->start, segment->end - segment->start);
    if (keeps_jpeg_segment(*segment)) append(out, whole);
    if (segment->marker == jpeg_marker::kEoi)
      return out;  // what follows are an MPO's other pictures, or a trailer
    if (segment->marker == jpeg_marker::kSos) {
      segments.skip_scan();
      append(out, bytes.subspan(segment->end, segments.position() - segment->end));
    }
  }
  return cut_short(Format::Jpeg);
}

Result<Bytes> strip_png(ByteView bytes, int orientation) {
  // Critical chunks (first letter is a capital), and those that change how the pixels look.
  constexpr std::string_view kLooks[] = {"tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI",
                                         "sBIT", "bKGD", "hIST", "sPLT", "pHYs", "acTL", "fcTL", "fdAT"};
  Bytes out;
  out.reserve(bytes.size());
  append(out, bytes.first(8));
  PngChunks chunks(bytes);
  while (const auto chunk = chunks.next()) {
    const bool critical = chunk->type[0] >= 'A' && chunk->type[0] <= 'Z';
    if (critical || std::find(std::begin(kLooks), std::end(kLooks), chunk->type) != std::end(kLooks)) {
      append(out, bytes.subspan(chunk->start, chunk->end - chunk->start));
    }
    if (chunk->type == "IHDR" && orientation != 1) put_png_chunk(out, "eXIf", minimal_exif(orientation));
    if (chunk->type == "IEND") return out;
  }
  return cut_short(Format::Png);
}

void put_webp_chunk(Bytes& out, std::string_view fourcc, ByteView data) {
  append(out, as_bytes(fourcc));
  put_u32le(out, data.size());
  append(out, data);
  if (data.size() % 2 != 0) out.push_back(0);
}

Result<Bytes> strip_webp(ByteView bytes, int orientation) {
  constexpr std::string_view kKept[] = {"VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L"};
  Bytes out;
  out.reserve(bytes.size());
  append(out, bytes.first(12));
  WebpChunks chunks(bytes.first(std::min<std::size_t>(bytes.size(), std::size_t{8} + read_u32le(bytes, 4))));
  bool picture = false, extended = false;
  while (const auto chunk = chunks.next()) {
    if (!chunk->whole) return cut_short(Format::WebP);
    if (std::find(std::begin(kKept), std::end(kKept), chunk->fourcc) == std::end(kKept)) continue;
    const std::size_t at = out.size();
    put_webp_chunk(out, chunk->fourcc, chunk->data);
    picture = picture || chunk->fourcc == "ANMF" || chunk->fourcc == "VP8 " || chunk->fourcc == "VP8L";
    if (chunk->fourcc != "VP8X" || chunk->data.empty()) continue;
    extended = true;
    out[at + 8] = static_cast<std::uint8_t>(out[at + 8] & ~(webp_flag::kXmp | webp_flag::kExif));
    if (orientation != 1) out[at + 8] |= webp_flag::kExif;
  }
  if (!picture) return cut_short(Format::WebP);
  // Only the extended form can hold EXIF, so whoever had an orientation has VP8X.
  if (orientation != 1 && extended) put_webp_chunk(out, "EXIF", minimal_exif(orientation));
  Bytes size;
  put_u32le(size, out.size() - 8);
  std::copy(size.begin(), size.end(), out.begin() + 4);
  return out;
}

}  // namespace

Result<Bytes> strip_metadata(ByteView bytes) {
  const Format format = sniff(bytes);
  const int orientation = read_exif(find_exif(bytes, format)).orientation;
  switch (format) {
    case Format::Jpeg: return strip_jpeg(bytes, orientation);
    case Format::Png: return strip_png(bytes, orientation);
    case Format::WebP: return strip_webp(bytes, orientation);
    default: return Bytes(bytes.begin(), bytes.end());
  }
}

}  // namespace vignette
