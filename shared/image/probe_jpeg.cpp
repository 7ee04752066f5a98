#include "shared/image/jpeg_segments.hpp"
#include "shared/image/probe_formats.hpp"

namespace vignette {

// A frame header:  precision8 | height16 | width16 | components8 | …
Result<ImageInfo> probe_jpeg(ByteView bytes) {
  JpegSegments segments(bytes);
  while (const auto segment = segments.next()) {
    if (jpeg_marker::is_sof(segment->marker)) {
      if (segment->payload.size() < 6) return damaged_header(Format::Jpeg);
      ImageInfo info;
      info.bits_per_channel = segment->payload[0];
      info.stored_height = read_u16be(segment->payload, 1);
      info.stored_width = read_u16be(segment->payload, 3);
      info.cmyk = segment->payload[5] == 4;
      return info;
    }
    if (segment->marker == jpeg_marker::kSos || segment->marker == jpeg_marker::kEoi) {
      return damaged_header(Format::Jpeg);
    }
  }
  return cut_short(Format::Jpeg);
}

}  // namespace vignette
