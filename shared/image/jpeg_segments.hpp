#pragma once
// Walks the marker segments of a JPEG:
//
//   FF D8 | FF E1 len16 payload… | FF DB len16 payload… | … | FF DA len16 payload, then entropy-coded data |
//   … | FF D9
//
// A length counts itself. Between segments any number of FF bytes may pad. Markers 01 and D0–D9 stand alone.
#include <optional>

#include "shared/base/bytes.hpp"

namespace vignette {

struct JpegSegment {
  std::uint8_t marker = 0;
  std::size_t start = 0;  ///< of its FF
  std::size_t end = 0;    ///< one past the payload
  ByteView payload;       ///< without marker and length
};

namespace jpeg_marker {
inline constexpr std::uint8_t kSoi = 0xD8, kEoi = 0xD9, kSos = 0xDA, kApp0 = 0xE0, kApp1 = 0xE1, kApp2 = 0xE2,
                              kApp14 = 0xEE, kApp15 = 0xEF, kComment = 0xFE;
/// Start of frame, of any kind: C0–CF without the tables DHT, JPG and DAC.
constexpr bool is_sof(std::uint8_t m) {
  return m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC;
}
}  // namespace jpeg_marker

class JpegSegments {
 public:
  explicit JpegSegments(ByteView jpeg, std::size_t at = 2) : jpeg_(jpeg), at_(at) {}

  /// The next segment; nothing when none is left or it is cut short. Goes on behind a scan
  /// header as if it were any other segment: call skip_scan() first to continue behind the coded data.
  std::optional<JpegSegment> next();
  /// Moves past entropy-coded data to the next marker.
  void skip_scan();
  std::size_t position() const { return at_; }

 private:
  ByteView jpeg_;
  std::size_t at_;
};

/// "Exif\0\0", "ICC_PROFILE\0"…: what an APPn segment is for.
inline bool starts_with(ByteView payload, std::string_view name) {
  return payload.size() >= name.size() && as_text(payload.first(name.size())) == name;
}

}  // namespace vignette
