#pragma once
// Bits of a JPEG's entropy-coded data, most significant first. A data byte FF is followed by a stuffed 00; FF
// and anything else is a marker, behind which we supply zeros and remember that they were not there.
#include <cstring>

#include "shared/base/bytes.hpp"

namespace vignette {

class JpegBits {
 public:
  JpegBits(const std::uint8_t* at, const std::uint8_t* end) : at_(at), end_(end) {}

  /// At least 32 bits afterwards: the longest code with its extra bits has 31.
  void refill() {
    if (count_ >= 32) return;
    if (end_ - at_ >= 4) {
      std::uint32_t word;
      std::memcpy(&word, at_, 4);
      // Is any byte FF? Then its complement has a zero byte.
      const std::uint32_t inverse = ~word;
      if (((inverse - 0x01010101U) & ~inverse & 0x80808080U) == 0) {
        buffer_ |= std::uint64_t{__builtin_bswap32(word)} << (32 - count_);
        at_ += 4;
        count_ += 32;
        return;
      }
    }
    *this = refilled_slowly(*this);
  }
  std::uint32_t peek(int bits) const { return static_cast<std::uint32_t>(buffer_ >> (64 - bits)); }
  void drop(int bits) {
    buffer_ <<= bits;
    count_ -= bits;
  }
  /// `bits` may be 0.
  std::uint32_t take(int bits) {
    const auto value = static_cast<std::uint32_t>((buffer_ >> 32) >> (32 - bits));
    drop(bits);
    return value;
  }

  int count() const { return count_; }
  /// Zeros that are not in the file have been used.
  bool overran() const { return count_ < invented_; }
  /// At a restart: forgets the rest of the byte and moves behind the marker, which must be RST0 + `number`.
  bool restart(int number) {
    // Up to seven bits of padding may be left; whole bytes must not be.
    if (overran() || count_ - invented_ >= 8) return false;
    buffer_ = 0;
    count_ = invented_ = 0;
    if (end_ - at_ < 2 || at_[0] != 0xFF || at_[1] != 0xD0 + number) return false;
    at_ += 2;
    return true;
  }

 private:
  // By value, so that an object of this class never has its address taken and lives in registers.
  [[gnu::noinline]] static JpegBits refilled_slowly(JpegBits bits) {
    while (bits.count_ <= 56) {
      const std::uint8_t* at = bits.at_;
      std::uint64_t byte = 0;
      if (at < bits.end_ && (at[0] != 0xFF || (bits.end_ - at >= 2 && at[1] == 0))) {
        byte = at[0];
        bits.at_ += byte == 0xFF ? 2 : 1;
      } else {
        bits.invented_ += 8;
      }
      bits.buffer_ |= byte << (56 - bits.count_);
      bits.count_ += 8;
    }
    return bits;
  }

  std::uint64_t buffer_ = 0;  ///< the next bits, from the top
  int count_ = 0;
  int invented_ = 0;  ///< how many of the bits put in were zeros of ours
  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

}  // namespace vignette
