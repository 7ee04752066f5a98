#include "shared/base/base64.hpp"

#include <array>

namespace vignette {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kInvalid = 0xFF;

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(kInvalid);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    table[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return table;
}();

}  // namespace

std::string encode_base64(ByteView bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t left = bytes.size() - at;
    std::uint32_t group = static_cast<std::uint32_t>(bytes[at]) << 16;
    if (left > 1) group |= static_cast<std::uint32_t>(bytes[at + 1]) << 8;
    if (left > 2) group |= bytes[at + 2];
    out.push_back(kAlphabet[group >> 18]);
    out.push_back(kAlphabet[(group >> 12) & 63]);
    out.push_back(left > 1 ? kAlphabet[(group >> 6) & 63] : '=');
    out.push_back(left > 2 ? kAlphabet[group & 63] : '=');
  }
  return out;
}

Result<Bytes> decode_base64(std::string_view text) {
  const Error broken{ErrorCode::InvalidInput, "This is not base64 text.",
                     "Copy it again, whole and without line breaks."};
  if (text.size() % 4 != 0) return broken;
  Bytes out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    const bool last = at + 4 == text.size();
    const std::size_t padding = !last ? 0U : (text[at + 3] != '=' ? 0U : (text[at + 2] != '=' ? 1U : 2U));
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint8_t value = i >= 4 - padding ? 0 : kValues[static_cast<unsigned char>(text[at + i])];
      if (value == kInvalid) return broken;
      group = (group << 6) | value;
    }
    // Bits under the padding must be zero, so that every byte string has one spelling.
    if (padding == 1 && (group & 0xFF) != 0) return broken;
    if (padding == 2 && (group & 0xFFFF) != 0) return broken;
    out.push_back(static_cast<std::uint8_t>(group >> 16));
    if (padding < 2) out.push_back(static_cast<std::uint8_t>(group >> 8));
    if (padding < 1) out.push_back(static_cast<std::uint8_t>(group));
  }
  return out;
}

}  // namespace vignette
