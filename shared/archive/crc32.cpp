#include "shared/archive/crc32.hpp"

#include <array>
#include <cstring>

// CRC-32 is the remainder of the message, read as a polynomial over GF(2), divided by
//   P = x^32 + x^26 + x^23 + x^22 + x^16 + x^12 + x^11 + x^10 + x^8 + x^7 + x^5 + x^4 + x^2 + x + 1.
//
// Table look-ups cost about a cycle a byte. wasm has no carry-less multiplication, so long inputs take a way
// that needs neither: adding a multiple of P to the message does not change the remainder, and
//   Q = x^300 + x^155 + x^117 + x^89 + 1
// is such a multiple (the only one with five terms below degree 420; a search over all pairs finds it).
// Squaring a polynomial over GF(2) squares each of its terms, so Q(x^128) = Q(x)^128 is a multiple of P as
// well. Adding it clears the first 16 bytes of the message and XORs them, unshifted, onto the blocks 145,
// 183, 211 and 300 places on:
//
//   block     i  …  i+145  …  i+183  …  i+211  …  i+300
//   before    B     .         .         .         .
//   after     0     ^B        ^B        ^B        ^B
//
// Turned around: every block is the input XOR four earlier ones, which a compiler makes SIMD of. All but the
// last 300 blocks vanish; those 4800 bytes go through the tables.

namespace vignette {
namespace {

constexpr std::uint32_t kReversedP = 0xEDB88320;

using Tables = std::array<std::array<std::uint32_t, 256>, 16>;

/// tables[k][b]: what byte b does to the remainder after k further bytes.
constexpr Tables make_tables() {
  Tables t{};
  for (std::uint32_t b = 0; b < 256; ++b) {
    std::uint32_t r = b;
    for (int bit = 0; bit < 8; ++bit) r = (r >> 1) ^ ((r & 1) ? kReversedP : 0);
    t[0][b] = r;
  }
  for (std::size_t k = 1; k < t.size(); ++k) {
    for (std::size_t b = 0; b < 256; ++b) t[k][b] = (t[k - 1][b] >> 8) ^ t[0][t[k - 1][b] & 0xFF];
  }
  return t;
}
constexpr Tables kTables = make_tables();

std::uint32_t load_u32le(const std::uint8_t* p) {
  return static_cast<std::uint32_t>(p[0]) | (static_cast<std::uint32_t>(p[1]) << 8) |
         (static_cast<std::uint32_t>(p[2]) << 16) | (static_cast<std::uint32_t>(p[3]) << 24);
}

/// Sixteen bytes a step. `r` is the bare remainder: no inversion before or after.
std::uint32_t by_tables(const std::uint8_t* p, std::size_t n, std::uint32_t r) {
  const Tables& t = kTables;
  for (; n >= 16; p += 16, n -= 16) {
    const std::uint32_t a = load_u32le(p) ^ r;
    const std::uint32_t b = load_u32le(p + 4);
    const std::uint32_t c = load_u32le(p + 8);
    const std::uint32_t d = load_u32le(p + 12);
    r = t[15][a & 0xFF] ^ t[14][(a >> 8) & 0xFF] ^ t[13][(a >> 16) & 0xFF] ^ t[12][a >> 24] ^  //
        t[11][b & 0xFF] ^ t[10][(b >> 8) & 0xFF] ^ t[9][(b >> 16) & 0xFF] ^ t[8][b >> 24] ^    //
        t[7][c & 0xFF] ^ t[6][(c >> 8) & 0xFF] ^ t[5][(c >> 16) & 0xFF] ^ t[4][c >> 24] ^      //
        t[3][d & 0xFF] ^ t[2][(d >> 8) & 0xFF] ^ t[1][(d >> 16) & 0xFF] ^ t[0][d >> 24];
  }
  for (; n > 0; ++p, --n) r = (r >> 8) ^ t[0][(r ^ *p) & 0xFF];
  return r;
}

// Everything below counts in words of 64 bits, two a block.
constexpr std::size_t kReach = 2 * 300;
constexpr std::size_t kRun = 2 * 1024;
/// Shorter inputs are done with the tables before the fold has paid for its tail.
constexpr std::size_t kFoldFrom = 4 * kReach * 8;

void xor_words(std::uint64_t* out, const std::uint8_t* in, const std::uint64_t* earlier, std::size_t words) {
  for (std::size_t i = 0; i < words; ++i) {
    std::uint64_t word;
    std::memcpy(&word, in + i * 8, 8);
    // `earlier` begins kReach words before `out`.
    out[i] = word ^ earlier[i] ^ earlier[i + kReach - 2 * 211] ^ earlier[i + kReach - 2 * 183] ^
             earlier[i + kReach - 2 * 145];
  }
}

std::uint32_t by_folding(const std::uint8_t* p, std::size_t n, std::uint32_t r) {
  std::array<std::uint64_t, kReach + kRun> window{};  // the last kReach folded words, then room for a run
  // The remainder so far belongs onto the first four bytes: where a block 300 places earlier would arrive.
  const std::array<std::uint8_t, 4> start{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(r >> 8),
                                          static_cast<std::uint8_t>(r >> 16),
                                          static_cast<std::uint8_t>(r >> 24)};
  std::memcpy(window.data(), start.data(), start.size());
  std::size_t left = n / 16 * 2 - kReach;
  while (left > 0) {
    const std::size_t run = left < kRun ? left : kRun;
    // A constant count where possible: the compiler then leaves out its checks.
    if (run == kRun) {
      xor_words(window.data() + kReach, p, window.data(), kRun);
    } else {
      xor_words(window.data() + kReach, p, window.data(), run);
    }
    std::memmove(window.data(), window.data() + run, kReach * 8);
    p += run * 8;
    n -= run * 8;
    left -= run;
  }
  std::memset(window.data() + kReach, 0, kReach * 8);  // the last blocks fold no further
  std::array<std::uint64_t, kReach> tail;
  xor_words(tail.data(), p, window.data(), kReach);
  r = by_tables(reinterpret_cast<const std::uint8_t*>(tail.data()), kReach * 8, 0);
  return by_tables(p + kReach * 8, n - kReach * 8, r);
}

/// a · b mod P, both bit-reversed: the highest bit is x^0.
std::uint32_t multiply(std::uint32_t a, std::uint32_t b) {
  std::uint32_t product = 0;
  for (; a != 0; a <<= 1) {
    if (a & 0x80000000) product ^= b;
    b = (b >> 1) ^ ((b & 1) ? kReversedP : 0);
  }
  return product;
}

}  // namespace

std::uint32_t crc32(ByteView bytes, std::uint32_t before) {
  const std::uint32_t r = ~before;
  return ~(bytes.size() >= kFoldFrom ? by_folding(bytes.data(), bytes.size(), r)
                                     : by_tables(bytes.data(), bytes.size(), r));
}

std::uint32_t crc32_combine(std::uint32_t first, std::uint32_t second, std::uint64_t second_bytes) {
  // Moving `first` in front of n bytes multiplies it by x^8n; the inversions of the two sums cancel out.
  std::uint32_t power = 0x00800000;  // x^8
  for (std::uint64_t n = second_bytes; n != 0; n >>= 1) {
    if (n & 1) first = multiply(power, first);
    power = multiply(power, power);
  }
  return first ^ second;
}

}  // namespace vignette
