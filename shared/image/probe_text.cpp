// The formats whose header is text: numbers between white space (PNM), lines (Radiance HDR).
#include "shared/image/probe_formats.hpp"

namespace vignette {
namespace {

bool is_space(std::uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class Words {
 public:
  Words(ByteView bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  /// The next number; 0 when there is none. Comments run from # to the end of the line.
  std::uint64_t number() {
    while (at_ < bytes_.size() && (is_space(bytes_[at_]) || bytes_[at_] == '#')) {
      if (bytes_[at_] == '#') {
        while (at_ < bytes_.size() && bytes_[at_] != '\n' && bytes_[at_] != '\r') ++at_;
      } else {
        ++at_;
      }
    }
    std::uint64_t value = 0;
    for (; at_ < bytes_.size() && bytes_[at_] >= '0' && bytes_[at_] <= '9'; ++at_) {
      if (value < UINT32_MAX) value = value * 10 + static_cast<std::uint64_t>(bytes_[at_] - '0');
    }
    return value;
  }

 private:
  ByteView bytes_;
  std::size_t at_;
};

}  // namespace

// P5 width height maximum
Result<ImageInfo> probe_pnm(ByteView bytes) {
  Words words(bytes, 2);
  ImageInfo info;
  info.stored_width = claimed_side(words.number());
  info.stored_height = claimed_side(words.number());
  const std::uint64_t maximum = bytes[1] == '1' || bytes[1] == '4' ? 1 : words.number();
  if (info.stored_width == 0 || info.stored_height == 0 || maximum == 0 || maximum > 65535) {
    return damaged_header(Format::Pnm);
  }
  info.bits_per_channel = maximum > 255 ? 16 : 8;
  return info;
}

// Lines of text, an empty line, then "-Y 480 +X 640".
Result<ImageInfo> probe_hdr(ByteView bytes) {
  constexpr std::size_t kLongestHeader = 65'536;
  const std::string_view text = as_text(bytes.first(std::min(bytes.size(), kLongestHeader)));
  const std::size_t end = text.find("\n\n");
  if (end == std::string_view::npos) return cut_short(Format::Hdr);
  const std::size_t at = end + 2;
  if (text.substr(at, 3) != "-Y ") {
    return Error{ErrorCode::Unsupported, "This HDR picture is stored sideways or upside down.",
                 "Save it again with the usual orientation (-Y +X)."};
  }
  ImageInfo info;
  info.stored_height = claimed_side(Words(bytes, at + 3).number());
  const std::size_t width_at = text.find("+X ", at);
  if (width_at == std::string_view::npos || width_at - at > 32) return damaged_header(Format::Hdr);
  info.stored_width = claimed_side(Words(bytes, width_at + 3).number());
  info.bits_per_channel = 32;
  return info;
}

}  // namespace vignette
