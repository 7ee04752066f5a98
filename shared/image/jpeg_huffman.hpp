#pragma once
// Huffman decoding by table, for shrinking a JPEG while decoding. A symbol says how many zeros to skip and
// how many extra bits hold the next coefficient. Most symbols with their extra bits fit into one look-up. And
// of the coefficients that a small picture does not need only the bits must be skipped: there, one look-up
// jumps over as many whole coefficients as its bits hold, about two in a photo. That is where the speed comes
// from, for nine tenths of the time of decoding a photo to a thumbnail go into this.
#include <array>
#include <memory>

#include "shared/image/jpeg_bits.hpp"

namespace vignette {

class JpegHuffman {
 public:
  static constexpr int kSymbolBits = 9, kValueBits = 10, kJumpBits = 13;  ///< what the three look-ups look at

  /// A DHT table:  16 counts of codes by length, then the symbols in order of their codes. False when
  /// impossible.
  bool build(ByteView counts, ByteView symbols, bool for_ac);
  bool defined() const { return !codes_.empty(); }

  /// The next symbol, or -1. The caller has refilled.
  int symbol(JpegBits& bits) const {
    const Code code = find(bits.peek(16));
    bits.drop(code.length);
    return code.length != 0 ? code.symbol : -1;
  }

  struct Coefficient {
    std::int16_t value;
    std::uint8_t advance;  ///< zeros before it, and itself; kEndOfBlock for the end
    std::uint8_t bits;     ///< 0: not in the table, call step()
  };
  static constexpr int kEndOfBlock = 128;

  Coefficient coefficient(const JpegBits& bits) const { return values_[bits.peek(kValueBits)]; }
  /// How far the coefficients among the next kJumpBits reach, kEndOfBlock added for the end; kNoJump when not
  /// even the first is whole.
  struct Jump {
    std::uint8_t bits, advance;
  };
  static constexpr int kNoJump = 64;
  const Jump* jumps() const { return jumps_.data(); }

  /// The same for one coefficient of any length, consumed; `bits` is 0 when the code is not in the table.
  Coefficient step(JpegBits& bits) const {
    const int s = symbol(bits);
    if (s < 0) return {0, 0, 0};
    if (s == 0) return {0, kEndOfBlock, 1};
    const int size = s & 15, run = s >> 4;
    if (size == 0) return run == 15 ? Coefficient{0, 16, 1} : Coefficient{0, 0, 0};
    return {extend(bits.take(size), size), static_cast<std::uint8_t>(run + 1), 1};
  }
  /// Extra bits to a number: those that begin with 0 are negative.
  static std::int16_t extend(std::uint32_t extra, int size) {
    const auto value = static_cast<std::int32_t>(extra);
    return static_cast<std::int16_t>(value < (1 << (size - 1)) ? value - (1 << size) + 1 : value);
  }

 private:
  struct Code {
    std::uint8_t length, symbol;  ///< length 0: no such code
  };
  /// The code that the next 16 bits begin with.
  Code find(std::uint32_t next16) const {
    const Code code = codes_[next16 >> (16 - kSymbolBits)];
    return code.length != 0 ? code : find_long(next16);
  }
  Code find_long(std::uint32_t next16) const;
  void build_lookups();

  std::array<std::int32_t, 18>
      end_of_length_{};                    ///< codes of this length, left-aligned to 16 bits, are below
  std::array<std::int32_t, 17> offset_{};  ///< index of a symbol = (code >> (16 − length)) + offset
  Bytes order_;                            ///< symbols in order of their codes
  std::vector<Code> codes_;                ///< by the next kSymbolBits
  std::vector<Coefficient> values_;
  std::vector<Jump> jumps_;
};

}  // namespace vignette
