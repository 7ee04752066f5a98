#include "shared/image/exif.hpp"

#include "shared/image/jpeg_segments.hpp"
#include "shared/image/png_chunks.hpp"
#include "shared/image/webp_chunks.hpp"

namespace vignette {
namespace {

// A TIFF block is a tree of directories (IFDs), each  count16 | count × 12-byte entries | offset32 of the
// next IFD. An entry is  tag16 | type16 | count32 | value, left-aligned in 4 bytes, or its offset from the
// block's start.
class Tiff {
 public:
  explicit Tiff(ByteView bytes) : bytes_(bytes) {
    if (bytes.size() < 8) return;
    little_ = bytes[0] == 'I' && bytes[1] == 'I';
    const bool big = bytes[0] == 'M' && bytes[1] == 'M';
    valid_ = (little_ || big) && u16(2) == 42;
  }
  bool valid() const { return valid_; }
  std::uint32_t first_directory() const { return u32(4); }

  /// Where the entry for `tag` starts, or 0. Entries need not be sorted; cameras get that wrong.
  std::size_t find(std::uint32_t directory, std::uint16_t tag) const {
    if (!fits(directory, 2)) return 0;
    const std::size_t count = u16(directory);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t entry = std::size_t{directory} + 2 + 12 * i;
      if (!fits(entry, 12)) return 0;
      if (u16(entry) == tag) return entry;
    }
    return 0;
  }
  /// A SHORT or LONG value.
  std::uint32_t number(std::size_t entry) const {
    const int type = u16(entry + 2);
    return type == 3 ? u16(entry + 8) : type == 4 || type == 13 ? u32(entry + 8) : 0;
  }
  /// An ASCII value, without what follows its end mark.
  std::string_view text(std::size_t entry) const {
    const std::uint32_t count = u32(entry + 4);
    const std::size_t at = count <= 4 ? entry + 8 : u32(entry + 8);
    if (u16(entry + 2) != 2 || !fits(at, count)) return {};
    const std::string_view all = as_text(bytes_.subspan(at, count));
    return all.substr(0, all.find('\0'));
  }

 private:
  bool fits(std::size_t at, std::size_t size) const {
    return at <= bytes_.size() && bytes_.size() - at >= size;
  }
  std::uint16_t u16(std::size_t at) const {
    return little_ ? read_u16le(bytes_, at) : read_u16be(bytes_, at);
  }
  std::uint32_t u32(std::size_t at) const {
    return little_ ? read_u32le(bytes_, at) : read_u32be(bytes_, at);
  }
  ByteView bytes_;
  bool little_ = false, valid_ = false;
};

/// The digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// "2024:05:06 07:08:09"; cameras without a set clock write zeros or blanks.
std::optional<TimeMs> parse_date(std::string_view text) {
  if (text.size() < 19) return std::nullopt;
  const CivilTime t{digits(text, 0, 4),  digits(text, 5, 2),  digits(text, 8, 2),
                    digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)};
  if (t.year < 1826 || t.month < 1 || t.month > 12 || t.day < 1 || t.day > 31) return std::nullopt;
  if (t.hour < 0 || t.hour > 23 || t.minute < 0 || t.minute > 59 || t.second < 0 || t.second > 60)
    return std::nullopt;
  return time_from(t);
}

/// "07" means 70 ms: the digits are a decimal fraction.
int parse_fraction_ms(std::string_view text) {
  int ms = 0, unit = 100;
  for (std::size_t i = 0; i < text.size() && i < 3 && text[i] >= '0' && text[i] <= '9'; ++i, unit /= 10) {
    ms += (text[i] - '0') * unit;
  }
  return ms;
}

constexpr std::uint16_t kOrientation = 0x0112, kExifDirectory = 0x8769, kDateTimeOriginal = 0x9003,
                        kSubSecTimeOriginal = 0x9291;

}  // namespace

Exif read_exif(ByteView tiff_bytes) {
  Exif exif;
  const Tiff tiff(tiff_bytes);
  if (!tiff.valid()) return exif;
  if (const std::size_t entry = tiff.find(tiff.first_directory(), kOrientation)) {
    const std::uint32_t value = tiff.number(entry);
    if (value >= 1 && value <= 8) exif.orientation = static_cast<int>(value);
  }
  const std::size_t link = tiff.find(tiff.first_directory(), kExifDirectory);
  if (link == 0) return exif;
  const std::uint32_t directory = tiff.number(link);
  if (const std::size_t entry = tiff.find(directory, kDateTimeOriginal)) {
    exif.taken = parse_date(tiff.text(entry));
    const std::size_t fraction = tiff.find(directory, kSubSecTimeOriginal);
    if (exif.taken && fraction != 0) *exif.taken += parse_fraction_ms(tiff.text(fraction));
  }
  return exif;
}

ByteView find_exif(ByteView picture, Format format) {
  constexpr std::string_view kPrefix("Exif\0\0", 6);
  if (format == Format::Jpeg) {
    JpegSegments segments(picture);
    while (const auto segment = segments.next()) {
      if (segment->marker == jpeg_marker::kSos || segment->marker == jpeg_marker::kEoi) break;
      if (segment->marker == jpeg_marker::kApp1 && starts_with(segment->payload, kPrefix)) {
        return segment->payload.subspan(kPrefix.size());
      }
    }
  } else if (format == Format::Png) {
    PngChunks chunks(picture);
    while (const auto chunk = chunks.next()) {
      if (chunk->type == "eXIf") return chunk->data;
    }
  } else if (format == Format::WebP) {
    WebpChunks chunks(picture);
    while (const auto chunk = chunks.next()) {
      if (chunk->fourcc != "EXIF") continue;
      // The specification wants a bare TIFF block; some writers keep JPEG's prefix.
      return starts_with(chunk->data, kPrefix) ? chunk->data.subspan(kPrefix.size()) : chunk->data;
    }
  }
  return {};
}

Bytes minimal_exif(int orientation) {
  return {'M', 'M',  0, 42, 0, 0, 0, 8,  // header
          0,   1,                        // one entry
          1,   0x12, 0, 3,  0, 0, 0, 1, 0, static_cast<std::uint8_t>(orientation & 0xFF),
          0,   0,            // SHORT, left-aligned
          0,   0,    0, 0};  // no next directory
}

}  // namespace vignette
