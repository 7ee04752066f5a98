#include "shared/image/jpeg_huffman.hpp"

#include <algorithm>
#include <climits>

namespace vignette {

bool JpegHuffman::build(ByteView counts, ByteView symbols, bool for_ac) {
  order_.assign(symbols.begin(), symbols.end());
  codes_.assign(std::size_t{1} << kSymbolBits, {0, 0});
  std::int32_t code = 0, index = 0;
  for (int length = 1; length <= 16; ++length) {
    const int count = counts[static_cast<std::size_t>(length - 1)];
    offset_[static_cast<std::size_t>(length)] = index - code;
    if (code + count > (1 << length) || index + count > static_cast<int>(order_.size())) return false;
    for (int i = 0; i < count; ++i, ++code, ++index) {
      if (length > kSymbolBits) continue;
      // All look-ups that begin with this code.
      const auto first = codes_.begin() + (code << (kSymbolBits - length));
      const Code found{static_cast<std::uint8_t>(length), order_[static_cast<std::size_t>(index)]};
      std::fill(first, first + (1 << (kSymbolBits - length)), found);
    }
    end_of_length_[static_cast<std::size_t>(length)] = code << (16 - length);
    code <<= 1;
  }
  end_of_length_[17] = INT32_MAX;
  if (for_ac) build_lookups();
  return true;
}

JpegHuffman::Code JpegHuffman::find_long(std::uint32_t next16) const {
  const auto next = static_cast<std::int32_t>(next16);
  int length = kSymbolBits + 1;
  while (next >= end_of_length_[static_cast<std::size_t>(length)]) ++length;
  if (length > 16) return {0, 0};
  const std::int32_t index = (next >> (16 - length)) + offset_[static_cast<std::size_t>(length)];
  if (index < 0 || static_cast<std::size_t>(index) >= order_.size()) return {0, 0};
  return {static_cast<std::uint8_t>(length), order_[static_cast<std::size_t>(index)]};
}

void JpegHuffman::build_lookups() {
  // What one coefficient is, if all its bits are among the first `available` of `pattern` (left-aligned to
  // 16).
  const auto look = [&](std::uint32_t pattern, int available) -> Coefficient {
    const Code code = find(pattern & 0xFFFF);
    const int run = code.symbol >> 4, size = code.symbol & 15, bits = code.length + size;
    if (code.length == 0 || bits > available) return {0, 0, 0};
    const auto used = static_cast<std::uint8_t>(bits);
    if (size == 0) {
      if (run != 0 && run != 15) return {0, 0, 0};
      return {0, static_cast<std::uint8_t>(run == 0 ? kEndOfBlock : 16), used};
    }
    const std::uint32_t extra = ((pattern & 0xFFFF) >> (16 - bits)) & ((1U << size) - 1);
    return {extend(extra, size), static_cast<std::uint8_t>(run + 1), used};
  };
  values_.resize(std::size_t{1} << kValueBits);
  for (std::uint32_t i = 0; i < values_.size(); ++i) values_[i] = look(i << (16 - kValueBits), kValueBits);
  jumps_.resize(std::size_t{1} << kJumpBits);
  for (std::uint32_t i = 0; i < jumps_.size(); ++i) {
    int used = 0, advance = 0;
    while (used < kJumpBits && advance < 32) {
      const Coefficient next = look(i << (16 - kJumpBits + used), kJumpBits - used);
      if (next.bits == 0) break;
      used += next.bits;
      advance += next.advance;
    }
    if (used == 0) advance = kNoJump;
    jumps_[i] = {static_cast<std::uint8_t>(used), static_cast<std::uint8_t>(advance)};
  }
}

}  // namespace vignette
