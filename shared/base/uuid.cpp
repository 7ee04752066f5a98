#include "shared/base/uuid.hpp"

namespace vignette {

std::string uuid_from(std::array<std::uint8_t, 16> random) {
  random[6] = static_cast<std::uint8_t>((random[6] & 0x0F) | 0x40);  // version 4
  random[8] = static_cast<std::uint8_t>((random[8] & 0x3F) | 0x80);  // RFC 4122 variant
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < random.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out.push_back('-');
    out.push_back(kHex[random[i] >> 4]);
    out.push_back(kHex[random[i] & 15]);
  }
  return out;
}

}  // namespace vignette
