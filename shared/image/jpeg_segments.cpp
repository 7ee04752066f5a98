#include "shared/image/jpeg_segments.hpp"

#include <cstring>

namespace vignette {

std::optional<JpegSegment> JpegSegments::next() {
  JpegSegment segment;
  // Decoders skip what is no marker, so a stray byte between segments does no harm.
  std::size_t at = at_;
  while (segment.marker == 0) {
    while (at < jpeg_.size() && jpeg_[at] != 0xFF) ++at;
    while (at < jpeg_.size() && jpeg_[at] == 0xFF) ++at;
    if (at >= jpeg_.size()) return std::nullopt;
    segment.start = at - 1;
    segment.marker = jpeg_[at++];
  }
  const bool alone = segment.marker == 0x01 || (segment.marker >= 0xD0 && segment.marker <= 0xD9);
  if (!alone) {
    if (jpeg_.size() - at < 2) return std::nullopt;
    const std::size_t length = read_u16be(jpeg_, at);
    if (length < 2) return std::nullopt;
    if (length > jpeg_.size() - at) {
      at_ = jpeg_.size();
      return std::nullopt;
    }
    segment.payload = jpeg_.subspan(at + 2, length - 2);
    at += length;
  }
  segment.end = at_ = at;
  return segment;
}

void JpegSegments::skip_scan() {
  while (at_ + 1 < jpeg_.size()) {
    const void* found = std::memchr(jpeg_.data() + at_, 0xFF, jpeg_.size() - 1 - at_);
    if (found == nullptr) break;
    at_ = static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - jpeg_.data());
    const std::uint8_t after = jpeg_[at_ + 1];
    const bool coded = after == 0x00 || after == 0xFF || (after >= 0xD0 && after <= 0xD7);
    if (!coded) return;
    at_ += after == 0xFF ? 1 : 2;
  }
  at_ = jpeg_.size();
}

}  // namespace vignette
