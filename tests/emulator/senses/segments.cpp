#include "tests/emulator/senses/segments.hpp"

#include <algorithm>

namespace vignette::emulator {
namespace {

void note(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

std::string jpeg_name(std::uint8_t marker) {
  if (marker >= 0xe0 && marker <= 0xef) return "APP" + std::to_string(marker - 0xe0);
  switch (marker) {
    case 0xc4: return "DHT";
    case 0xda: return "SOS";
    case 0xdb: return "DQT";
    case 0xdd: return "DRI";
    case 0xfe: return "COM";
    default: return "SOF" + std::to_string(marker - 0xc0);
  }
}

}  // namespace

std::vector<std::string> segments_of(ByteView b, Format format) {
  std::vector<std::string> names;
  if (format == Format::Jpeg) {
    for (std::size_t at = 2; at + 4 <= b.size() && b[at] == 0xff;) {
      note(names, jpeg_name(b[at + 1]));
      if (b[at + 1] == 0xda) break;
      at += 2U + read_u16be(b, at + 2);
    }
  } else if (format == Format::Png) {
    for (std::size_t at = 8; at + 8 <= b.size(); at += 12U + read_u32be(b, at))
      note(names, std::string(as_text(b.subspan(at + 4, 4))));
  } else if (format == Format::WebP) {
    for (std::size_t at = 12; at + 8 <= b.size();
         at += 8U + ((std::size_t{read_u32le(b, at + 4)} + 1) & ~std::size_t{1}))
      note(names, std::string(as_text(b.subspan(at, 4))));
  }
  return names;
}

}  // namespace vignette::emulator
